using Otp2fa.Web.Accounts;

namespace Otp2fa.Web.Operations.Users;

/// <summary>An account as an operator may see it: nothing in it opens anything.</summary>
internal sealed record AccountState
{
    public required string Id { get; init; }

    public required string Email { get; init; }

    public required bool IsEmailConfirmed { get; init; }

    public required bool IsTwoFactorOn { get; init; }

    /// <summary>The last two digits; null without a number.</summary>
    public required string? NumberEnd { get; init; }

    /// <summary>Codes can go to the number.</summary>
    public required bool IsNumberProved { get; init; }

    public required bool HasApp { get; init; }

    public required int RecoveryCodesLeft { get; init; }

    /// <summary>Null if the account is not locked.</summary>
    public required DateTimeOffset? LockedUntil { get; init; }

    public required int WrongPasswords { get; init; }

    /// <summary>By text message, in a row.</summary>
    public required int WrongSmsCodes { get; init; }

    /// <summary>Of the authenticator app, in a row.</summary>
    public required int WrongAppCodes { get; init; }

    /// <summary>So many wrong ones in a row switch that kind of code off.</summary>
    public required int CodesAreOffFrom { get; init; }

    public required int SignedInBrowsers { get; init; }

    public required int RememberedBrowsers { get; init; }

    /// <summary>The newest entries, the newest first.</summary>
    public required IReadOnlyList<SecurityEntry> History { get; init; }
}

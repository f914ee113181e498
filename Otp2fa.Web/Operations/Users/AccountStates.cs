using Microsoft.Extensions.Options;
using Otp2fa.Web.Accounts;
using Otp2fa.Web.Accounts.Sessions;
using Otp2fa.Web.Data;
using Otp2fa.Web.Limits;
using Otp2fa.Web.TwoFactor;

namespace Otp2fa.Web.Operations.Users;

/// <summary>Reads what an operator may know of an account.</summary>
internal sealed class AccountStates(
    RecoveryCodes recoveryCodes,
    PasswordAttempts passwords,
    SessionStore sessions,
    RememberedBrowsers remembered,
    SecurityEntries history,
    IOptions<LimitsOptions> limits,
    TimeProvider time
)
{
    private const int HistoryLength = 10;

    public async Task<AccountState> ReadAsync(
        ApplicationUser user,
        CancellationToken cancellationToken
    )
    {
        var (inARow, waitsUntil) = await passwords.ReadAsync(user);
        var entries = await history.ListAsync(user, before: null, cancellationToken);
        return new AccountState
        {
            Id = user.Id,
            Email = user.Email ?? string.Empty,
            IsEmailConfirmed = user.EmailConfirmed,
            IsTwoFactorOn = user.TwoFactorEnabled,
            NumberEnd = PhoneNumber.FromStored(user.PhoneNumber)?.LastDigits,
            IsNumberProved = user.GetProvedNumber() is not null,
            HasApp = user.HasApp(),
            RecoveryCodesLeft = (await recoveryCodes.CountAsync(user)).Left,
            LockedUntil = user.IsLockedAt(time.GetUtcNow()) ? user.LockoutEnd : waitsUntil,
            WrongPasswords = inARow,
            WrongSmsCodes = user.WrongCodesInARow,
            WrongAppCodes = user.WrongAppCodesInARow,
            CodesAreOffFrom = limits.Value.WrongCodesInARow,
            SignedInBrowsers = (await sessions.ListAsync(user.Id, cancellationToken)).Count,
            RememberedBrowsers = await remembered.CountAsync(user, cancellationToken),
            History = [.. entries.Entries.Take(HistoryLength)],
        };
    }
}

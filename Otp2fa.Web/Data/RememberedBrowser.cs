namespace Otp2fa.Web.Data;

/// <summary>
/// A browser in which a person is not asked for a second factor for a while (threat T13). One browser holds one key, which
/// several accounts may have remembered.
/// </summary>
public sealed class RememberedBrowser
{
    /// <summary>Names it in a form; worth nothing without the account it belongs to.</summary>
    public long Id { get; init; }

    public required string UserId { get; init; }

    /// <summary>SHA-256 of the 32 random bytes in the browser's cookie.</summary>
    public required byte[] KeyHash { get; init; }

    /// <summary>Hash of the account's security stamp: a changed password, number or factor ends it.</summary>
    public required byte[] StampHash { get; init; }

    /// <summary>What the browser calls itself, in words from our own list.</summary>
    public required string Browser { get; init; }

    public required DateTimeOffset CreatedUtc { get; init; }

    /// <summary>The last sign-in that it spared a code.</summary>
    public required DateTimeOffset LastUsedUtc { get; init; }

    /// <summary>Absolute: being used does not move it.</summary>
    public required DateTimeOffset ExpiresUtc { get; init; }
}

using System.Security.Cryptography;

namespace Otp2fa.Web.Data;

/// <summary>
/// A mail that is to be sent, written in the transaction of what causes it. It holds no link and no secret: those are made
/// when it is sent. The row is deleted when the mail server has taken it.
/// </summary>
public sealed class OutboxMail
{
    /// <summary>RFC 5321 4.5.3.1.3: the longest path, without its angle brackets.</summary>
    public const int LongestAddress = 254;

    public const int LongestReturnUrl = 2000;

    public long Id { get; init; }

    public required MailKind Kind { get; init; }

    /// <summary>
    /// Whose account it is about; null while nobody has looked whether the address has one, so that asking takes as long for
    /// every address.
    /// </summary>
    public string? UserId { get; init; }

    /// <summary>The address; while nobody has looked whose it is, as accounts are found by it.</summary>
    public required string To { get; init; }

    /// <summary>Of a notice, the <see cref="SecurityEvent"/> that it tells.</summary>
    public long? EventId { get; init; }

    /// <summary>The change of address that it is about, whose former address it goes to.</summary>
    public long? FormerAddressId { get; init; }

    /// <summary>Where the person was going; a path of this site.</summary>
    public string? ReturnUrl { get; init; }

    public required DateTimeOffset CreatedUtc { get; init; }

    /// <summary>After it, the mail would tell nothing useful any more and is not sent.</summary>
    public required DateTimeOffset ExpiresUtc { get; init; }

    /// <summary>Not tried before. Who tries it moves this into the future first, so that nobody else does meanwhile.</summary>
    public required DateTimeOffset NotBeforeUtc { get; init; }

    /// <summary>How often it was tried.</summary>
    public int Attempts { get; init; }

    /// <summary>When it was given up; null while it is tried.</summary>
    public DateTimeOffset? SetAsideUtc { get; init; }

    /// <summary>The left part of its Message-Id, the same at each try, so that what arrives twice can be told to be one.</summary>
    public string MessageKey { get; init; } =
        Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
}

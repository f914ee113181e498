namespace Otp2fa.Web.Data;

/// <summary>
/// The address that an account had before it was changed, for as long as its owner can say that somebody else changed it.
/// Going back to one undoes the later changes too, so whoever took an account over cannot undo its owner's word in turn.
/// </summary>
public sealed class FormerAddress
{
    /// <summary>Grows with every change.</summary>
    public long Id { get; init; }

    public required string UserId { get; init; }

    public required string Address { get; init; }

    public required DateTimeOffset ExpiresUtc { get; init; }
}

namespace Otp2fa.Web.Data;

/// <summary>
/// New recovery codes on their way to the person, in clear under the key ring: for the session that made them only, until
/// the person has kept them, and for minutes at most. No cookie ever carries one.
/// </summary>
public sealed class ShownRecoveryCodes
{
    /// <summary>The session that may look at them; with it they end.</summary>
    public required long SessionId { get; init; }

    public required byte[] Payload { get; init; }

    public required DateTimeOffset ExpiresUtc { get; init; }
}

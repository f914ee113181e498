using Otp2fa.Web.Data;

namespace Otp2fa.Web.TwoFactor;

/// <summary>
/// What identifies one attempt, kept in the server-side pending ticket and shown to nobody. It holds no count and no
/// state: those are columns of the challenge, so that a ticket presented twice gains nothing.
/// </summary>
/// <param name="ChallengeId">The challenge row.</param>
/// <param name="Purpose">What the PIN was asked for.</param>
/// <param name="PinId">Infobip's opaque id: 1 to 200 characters.</param>
/// <param name="Attempt">The 32 random bytes of this attempt, base64url.</param>
public sealed record ChallengeTicket(
    long ChallengeId,
    ChallengePurpose Purpose,
    string PinId,
    string Attempt
)
{
    public override string ToString() => $"challenge {ChallengeId}";
}

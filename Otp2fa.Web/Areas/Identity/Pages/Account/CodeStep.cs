using Otp2fa.Web.Accounts;
using Otp2fa.Web.TwoFactor;

namespace Otp2fa.Web.Areas.Identity.Pages.Account;

/// <summary>What the shared part of a code page shows: where the code went and how long it works, or why there is none.</summary>
/// <param name="Digits">How many digits a code has.</param>
/// <param name="Number">Where it went, in words a page may show.</param>
/// <param name="Problem">Why no code is taken here; null while one is.</param>
/// <param name="ExpiresUtc">Until when the code works.</param>
/// <param name="Remaining">How long that is from now.</param>
/// <param name="NewCodeHelps">Whether asking for a new code now can help the person on.</param>
/// <param name="IsNotAsked">Nobody has asked for a code yet.</param>
internal sealed record CodeStep(
    int Digits,
    string Number,
    string? Problem,
    DateTimeOffset ExpiresUtc,
    TimeSpan Remaining,
    bool NewCodeHelps,
    bool IsNotAsked = false
)
{
    /// <summary>Of a sign-in.</summary>
    public static CodeStep Of(PendingSignIn signIn, int digits, DateTimeOffset now)
    {
        if (signIn.User.GetProvedNumber() is not { } proved)
        {
            return NotSent(digits, "phone", new SendDenial(SendRefusal.NoProvedNumber), now);
        }

        var number = $"phone {proved}";
        return signIn switch
        {
            { Denial: { } denial } => NotSent(digits, number, denial, now),
            { Ticket: null } => NotAsked(digits, number),
            _ => Live(digits, number, signIn.State, now),
        };
    }

    public static CodeStep NotAsked(int digits, string number) =>
        new(
            digits,
            number,
            $"No code was sent yet. We can send one to your {number}.",
            default,
            default,
            NewCodeHelps: true,
            IsNotAsked: true
        );

    public static CodeStep Live(
        int digits,
        string number,
        ChallengeState? state,
        DateTimeOffset now
    ) =>
        new(
            digits,
            number,
            CodeTexts.Of(state?.Status)
                ?? (state?.Obstacle is { } obstacle ? CodeTexts.Of(obstacle, now) : null),
            state?.ExpiresUtc ?? now,
            (state?.ExpiresUtc ?? now) - now,
            NewCodeHelps: state?.Obstacle is null
        );

    public static CodeStep NotSent(
        int digits,
        string number,
        SendDenial denial,
        DateTimeOffset now
    ) =>
        new(
            digits,
            number,
            CodeTexts.Of(denial, now),
            default,
            default,
            NewCodeHelps: denial.Reason
                is not (
                    SendRefusal.NoProvedNumber
                    or SendRefusal.NumberRefused
                    or SendRefusal.Throttled
                    or SendRefusal.CountryNotServed
                    or SendRefusal.KindNotServed
                    or SendRefusal.SwitchedOff
                )
        );
}

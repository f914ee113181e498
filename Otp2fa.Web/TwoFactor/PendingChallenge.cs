using Otp2fa.Web.Data;

namespace Otp2fa.Web.TwoFactor;

/// <summary>
/// The port between the sign-in manager and the token provider, one per request. Identity's provider interface carries
/// a purpose, a token and a user and no more; what this very attempt is goes in here, and the typed outcome comes back.
/// A provider call without a filled port is refused, so no other path through Identity can send or check a PIN.
/// </summary>
internal sealed class PendingChallenge
{
    /// <summary>The purpose that <see cref="Microsoft.AspNetCore.Identity.UserManager{TUser}"/> uses for two-factor tokens.</summary>
    internal const string Purpose = "TwoFactor";

    /// <summary>Set while a code is asked for: the random bytes of the attempt, base64url.</summary>
    public string? NewAttempt { get; private set; }

    /// <summary>Set while a code is asked for: what this browser waited for until now, if anything.</summary>
    public ChallengeTicket? Before { get; private set; }

    /// <summary>What came of asking for a code.</summary>
    public ChallengeStart? Start { get; private set; }

    /// <summary>Set while a code is checked: what the pending ticket says.</summary>
    public ChallengeTicket? Ticket { get; private set; }

    /// <summary>Set while a code is checked: the typed code, already in its one form.</summary>
    public PinCode? Pin { get; private set; }

    /// <summary>What came of the typed code.</summary>
    public PinSubmission? Submission { get; private set; }

    /// <summary>Set while a code of the authenticator app is checked.</summary>
    public PinCode? AppCode { get; private set; }

    /// <summary>What came of the typed code of the app.</summary>
    public AppSubmission? AppSubmission { get; private set; }

    /// <summary>What came of the typed recovery code.</summary>
    public RecoverySubmission? RecoverySubmission { get; private set; }

    /// <summary>True from the moment a code is checked: a wrong code must not move the password's failure counter.</summary>
    public bool IsCodeStep => Ticket is not null || AppCode is not null;

    /// <summary>Whose sign-in is beginning: its pending ticket dies when the account changes.</summary>
    public ApplicationUser? Beginner { get; private set; }

    /// <summary>A sign-in begins for which nothing is sent.</summary>
    internal void Begin(ApplicationUser user) => Beginner = user;

    internal void BeginSend(ApplicationUser user, ChallengeTicket? before) =>
        (NewAttempt, Beginner, Before) = (RandomKey.Draw().Text, user, before);

    internal void BeginSubmit(ChallengeTicket ticket, PinCode pin) => (Ticket, Pin) = (ticket, pin);

    internal void BeginSubmit(PinCode appCode) => AppCode = appCode;

    internal void Report(ChallengeStart start) => Start = start;

    internal void Report(PinSubmission submission) => Submission = submission;

    internal void Report(AppSubmission submission) => AppSubmission = submission;

    internal void Report(RecoverySubmission submission) => RecoverySubmission = submission;
}

using Otp2fa.Web.Data;
using Otp2fa.Web.TwoFactor;

namespace Otp2fa.Web.Accounts;

/// <summary>A sign-in whose password was right and whose code is still to come.</summary>
/// <param name="User">Who is signing in.</param>
/// <param name="Ticket">The challenge of this attempt; null if no code could be sent.</param>
/// <param name="Denial">Why no code could be sent; null if one was.</param>
/// <param name="State">What can still become of the challenge; null if there is none.</param>
public sealed record PendingSignIn(
    ApplicationUser User,
    ChallengeTicket? Ticket,
    SendDenial? Denial,
    ChallengeState? State
);

/// <summary>What came of asking for the code once more.</summary>
public enum ResendStatus
{
    /// <summary>It is on its way.</summary>
    Sent,

    /// <summary>It is not; the refusal says why.</summary>
    Refused,

    /// <summary>The account is locked.</summary>
    LockedOut,

    /// <summary>There is no pending sign-in any more.</summary>
    Lost,
}

/// <param name="Status">What came of it.</param>
/// <param name="Denial">Why no code was sent.</param>
/// <param name="Channel">How it went out: a new code always by message, whatever was asked for.</param>
public sealed record ResendResult(
    ResendStatus Status,
    SendDenial? Denial = null,
    PinChannel Channel = PinChannel.Sms
);

/// <summary>What came of typing a code at sign-in.</summary>
public enum CodeStepStatus
{
    SignedIn,

    /// <summary>The code was not taken; the submission says why.</summary>
    Refused,

    /// <summary>The account is locked: only said here, after a right password.</summary>
    LockedOut,

    /// <summary>There is no pending sign-in any more: its time is over, or it was used.</summary>
    Lost,
}

/// <param name="Status">What came of it.</param>
/// <param name="Submission">What came of the code itself; null if it was not looked at.</param>
/// <typeparam name="TSubmission">Of a message, of the app, or a recovery code.</typeparam>
public sealed record CodeStepResult<TSubmission>(
    CodeStepStatus Status,
    TSubmission? Submission = null
)
    where TSubmission : class;

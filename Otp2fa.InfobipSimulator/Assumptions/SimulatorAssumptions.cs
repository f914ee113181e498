using System.ComponentModel;
using Otp2fa.InfobipSimulator.Api;

namespace Otp2fa.InfobipSimulator.Assumptions;

/// <summary>
/// Where Infobip's descriptions are silent or contradict each other, what this simulator does. Each member is a switch
/// with one sentence that says what its position means; the initial positions are the likeliest reading. A client that
/// works in every position does not depend on a guess.
/// </summary>
public sealed record SimulatorAssumptions
{
    [Description("How a wrong, expired or exhausted PIN is answered: 200 with pinError, or 400.")]
    public VerifyErrorStyle VerifyErrorStyle { get; init; } = VerifyErrorStyle.Ok200;

    [Description("The form of error bodies: requestError.serviceException, or errorCode E400.")]
    public ErrorEnvelope ErrorEnvelope { get; init; } = ErrorEnvelope.Legacy;

    [Description("A 429 comes as E429 in the platform form, whatever the form of other errors.")]
    public bool ThrottlingInPlatformForm { get; init; }

    [Description("What Retry-After tells a caller over a limit, if it is there at all.")]
    public RetryAfterStyle RetryAfter { get; init; } = RetryAfterStyle.None;

    [Description("A key without the scope gets messageId UNAUTHORIZED in its 403, not FORBIDDEN.")]
    public bool ForbiddenSaysUnauthorized { get; init; }

    [Description("The published limits of the application operations apply (per ten minutes).")]
    public bool EndpointLimits { get; init; } = true;

    [Description("PUT of an application keeps what is left out; off, it resets to the defaults.")]
    public bool PutKeepsConfiguration { get; init; } = true;

    [Description("A new application is enabled when the request does not say.")]
    public bool EnabledWhenLeftOut { get; init; } = true;

    [Description("Lengths may lack their number, as in 2/m or h; off, that breaks the notation.")]
    public bool LengthsMayLackNumber { get; init; } = true;

    [Description("A value outside notation or range gets 400; off, it counts as left out.")]
    public bool BadConfigurationRefused { get; init; } = true;

    [Description("What a send through an application with enabled:false gets.")]
    public DisabledApplicationAnswer DisabledApplication { get; init; } =
        DisabledApplicationAnswer.BadRequest;

    [Description("An unknown application or template in a send's body gets 404, not 400.")]
    public bool UnknownInBodyIsNotFound { get; init; }

    [Description("A leading + of a number is dropped; off, it gets 400.")]
    public bool PlusSignAccepted { get; init; } = true;

    [Description("A placeholder of the text left unfilled gets 400; off, it is sent as written.")]
    public bool MissingPlaceholderRefused { get; init; } = true;

    [Description("The key pin in placeholders gets 400; off, it is ignored.")]
    public bool PinPlaceholderRefused { get; init; } = true;

    [Description("With ncNeeded=false ncStatus is NC_DESTINATION_UNKNOWN; off, it is left out.")]
    public bool NcStatusWithoutLookup { get; init; }

    [Description("A message that was not sent is answered with a pinId.")]
    public bool NotSentHasPinId { get; init; } = true;

    [Description("A new PIN leaves the older ones of the number valid; off, they expire with it.")]
    public bool OlderPinsStayValid { get; init; } = true;

    [Description("A resend gives all attempts back.")]
    public bool ResendResetsAttempts { get; init; }

    [Description("A resend begins the PIN's life anew.")]
    public bool ResendExtendsLife { get; init; }

    [Description("A resend counts towards the send limit of its number.")]
    public bool ResendCounts { get; init; } = true;

    [Description("Resending an expired, verified or exhausted PIN gets 404; off, it is sent.")]
    public bool ResendOfSpentPinRefused { get; init; } = true;

    [Description("What a verification over verifyPinLimit gets.")]
    public VerifyLimitAnswer VerifyLimit { get; init; } = VerifyLimitAnswer.Http429;

    [Description("A verification over verifyPinLimit costs an attempt.")]
    public bool ThrottledVerifyCostsAttempt { get; init; }

    [Description("A verification of an expired PIN costs an attempt.")]
    public bool ExpiredVerifyCostsAttempt { get; init; }

    [Description("The wrong try that uses up the last attempt says NO_MORE_PIN_ATTEMPTS already.")]
    public bool LastWrongTrySaysNoMore { get; init; }

    [Description("A success tells the attempts left; off, it tells 0 as the published example.")]
    public bool SuccessTellsAttempts { get; init; }

    [Description("What verifying again gets where multiple verifications are not allowed.")]
    public SecondVerificationAnswer SecondVerification { get; init; } =
        SecondVerificationAnswer.NoMorePinAttempts;

    [Description("Letters of a PIN must match in case.")]
    public bool PinCaseMatters { get; init; } = true;

    [Description("verifiedAt and sentAt count milliseconds, as the text says; off, seconds.")]
    public bool TimestampsInMilliseconds { get; init; }

    [Description("An unverified entry of the status carries a verifiedAt too, as in an example.")]
    public bool UnverifiedHasVerifiedAt { get; init; }
}

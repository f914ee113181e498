using System.Text.Json;

namespace Otp2fa.Web.Infobip;

/// <summary>What became of a question about the set-up.</summary>
internal enum ReadStatus
{
    Found,

    /// <summary>Infobip knows no such application or template.</summary>
    NotFound,

    /// <summary>The key is not accepted, or lacks the scope <c>2fa:manage</c>.</summary>
    Misconfigured,

    /// <summary>Infobip allows 20 to 100 such calls in ten minutes.</summary>
    Throttled,

    /// <summary>Refused as wrong; <see cref="ReadAnswer{T}.Properties"/> says what, where the answer does.</summary>
    Refused,

    /// <summary>An answer of more than <see cref="InfobipOptions.MaxResponseBytes"/>.</summary>
    Oversized,

    /// <summary>No answer, or one that cannot be understood or is about something else.</summary>
    Unavailable,
}

/// <param name="Status">What became of the question.</param>
/// <param name="Value">Set exactly when <see cref="ReadStatus.Found"/>.</param>
/// <param name="HttpStatus">What the far end answered; null if it did not.</param>
/// <param name="Date">What time it is there, where it says so.</param>
/// <param name="RetryAfter">How long to wait, where it says so.</param>
/// <param name="Properties">Of the request, what is refused; as the far end wrote them.</param>
internal sealed record ReadAnswer<T>(
    ReadStatus Status,
    T? Value = null,
    int? HttpStatus = null,
    DateTimeOffset? Date = null,
    TimeSpan? RetryAfter = null,
    IReadOnlyList<string>? Properties = null
)
    where T : class;

/// <summary>
/// A 2FA application as Infobip has it. What an answer lacks is null, never a default: a missing setting must not pass for
/// a good one. Limits and lengths of time are in Infobip's notation.
/// </summary>
internal sealed record ApplicationFacts(
    string? Name,
    bool? Enabled,
    int? PinAttempts,
    bool? AllowMultiplePinVerifications,
    string? PinTimeToLive,
    string? VerifyPinLimit,
    string? SendPinPerPhoneNumberLimit,
    string? SendPinPerApplicationLimit
);

/// <inheritdoc cref="ApplicationFacts"/>
internal sealed record TemplateFacts(
    string? Text,
    string? PinType,
    int? PinLength,
    string? SenderId,
    string? Language,
    TemplateRest? Rest = null
);

/// <summary>
/// What else a template has, for calls and for India's register. The site needs none of it, and a write must not take it away.
/// </summary>
internal sealed record TemplateRest(
    JsonElement? VoiceName,
    JsonElement? SpeechRate,
    JsonElement? RepeatDtmf,
    JsonElement? Regional
);

/// <summary>One PIN of a number.</summary>
/// <param name="Verified">Whether it was; the time alone says nothing, Infobip gives one for unverified PINs too.</param>
/// <param name="VerifiedAt">When.</param>
/// <param name="SentAt">When it was sent.</param>
internal sealed record VerificationFacts(
    bool Verified,
    DateTimeOffset? VerifiedAt,
    DateTimeOffset? SentAt
);

namespace Otp2fa.InfobipSimulator.Pins;

/// <summary>
/// One PIN that was generated for a number. It keeps the rules of the application as they were when it was sent, and
/// every attempt is judged and counted under one lock, so parallel attempts count exactly.
/// </summary>
public sealed class IssuedPin
{
    private readonly Lock gate = new();
    private readonly PinConfiguration rules;
    private int failures;
    private DateTimeOffset? verifiedAt;

    internal IssuedPin(
        string pinId,
        string pin,
        string number,
        string applicationId,
        PinConfiguration rules,
        DateTimeOffset sentAt
    )
    {
        PinId = pinId;
        Pin = pin;
        Number = number;
        ApplicationId = applicationId;
        SentAt = sentAt;
        this.rules = rules;
    }

    public string PinId { get; }

    public string Pin { get; }

    /// <summary>Digits with country code, without a plus sign.</summary>
    public string Number { get; }

    public string ApplicationId { get; }

    public DateTimeOffset SentAt { get; }

    /// <summary>The first instant at which the PIN is refused as expired.</summary>
    public DateTimeOffset ExpiresAt => SentAt + rules.PinTimeToLive.Value;

    /// <summary>When the PIN was first verified, if it was.</summary>
    public DateTimeOffset? VerifiedAt
    {
        get
        {
            lock (gate)
            {
                return verifiedAt;
            }
        }
    }

    public int AttemptsRemaining
    {
        get
        {
            lock (gate)
            {
                return rules.PinAttempts - failures;
            }
        }
    }

    /// <summary>
    /// Judges an attempt. An expired PIN costs no attempt; a spent one, or one that was verified and may be only once,
    /// is refused even for the right digits; letters must match in case (all three assumed: not documented).
    /// The number remaining is zero on success, as in Infobip's example.
    /// </summary>
    internal (PinVerdict Verdict, int AttemptsRemaining) Attempt(string pin, DateTimeOffset now)
    {
        lock (gate)
        {
            if (now >= ExpiresAt)
            {
                return (PinVerdict.Expired, rules.PinAttempts - failures);
            }

            if (
                failures >= rules.PinAttempts
                || (verifiedAt is not null && !rules.AllowMultiplePinVerifications)
            )
            {
                return (PinVerdict.AttemptsExhausted, 0);
            }

            if (string.Equals(pin, Pin, StringComparison.Ordinal))
            {
                verifiedAt ??= now;
                return (PinVerdict.Verified, 0);
            }

            failures++;
            return (PinVerdict.Wrong, rules.PinAttempts - failures);
        }
    }
}

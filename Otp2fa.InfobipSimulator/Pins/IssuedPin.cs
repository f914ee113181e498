using Otp2fa.InfobipSimulator.Assumptions;

namespace Otp2fa.InfobipSimulator.Pins;

/// <summary>
/// One PIN that was generated for a number. It keeps the rules of the application as they were when it was sent, and
/// every attempt is judged and counted under one lock, so parallel attempts count exactly.
/// </summary>
public sealed class IssuedPin
{
    private readonly Lock gate = new();
    private readonly PinConfiguration rules;
    private DateTimeOffset expiresAt;
    private int failures;
    private DateTimeOffset? verifiedAt;
    private volatile bool delivered;

    internal IssuedPin(
        string pinId,
        string pin,
        string number,
        PinApplication application,
        PinTemplate template,
        string? sender,
        DateTimeOffset sentAt
    )
    {
        PinId = pinId;
        Pin = pin;
        Number = number;
        ApplicationId = application.ApplicationId;
        MessageId = template.MessageId;
        Sender = sender;
        SentAt = sentAt;
        rules = application.Configuration;
        expiresAt = sentAt + rules.PinTimeToLive.Value;
    }

    public string PinId { get; }

    public string Pin { get; }

    /// <summary>Digits with country code, without a plus sign.</summary>
    public string Number { get; }

    public string ApplicationId { get; }

    /// <summary>The template it was sent with, and is resent with.</summary>
    public string MessageId { get; }

    /// <summary>The sender the first request named in place of the template's, if it did.</summary>
    public string? Sender { get; }

    /// <summary>When it was generated for its first message.</summary>
    public DateTimeOffset SentAt { get; }

    /// <summary>The first instant at which the PIN is refused as expired.</summary>
    public DateTimeOffset ExpiresAt
    {
        get
        {
            lock (gate)
            {
                return expiresAt;
            }
        }
    }

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

    /// <summary>Whether a message or a call with it has gone out.</summary>
    public bool IsDelivered => delivered;

    internal void MarkDelivered() => delivered = true;

    /// <summary>Expired, exhausted, or verified already: nothing a resend could be good for.</summary>
    internal bool IsSpent(DateTimeOffset now)
    {
        lock (gate)
        {
            return now >= expiresAt || failures >= rules.PinAttempts || verifiedAt is not null;
        }
    }

    internal void Resend(DateTimeOffset now, SimulatorAssumptions assumptions)
    {
        lock (gate)
        {
            if (assumptions.ResendResetsAttempts)
            {
                failures = 0;
            }

            if (assumptions.ResendExtendsLife)
            {
                expiresAt = now + rules.PinTimeToLive.Value;
            }
        }
    }

    /// <summary>Ends the life of the PIN at once, if it has not ended.</summary>
    internal void Expire(DateTimeOffset now)
    {
        lock (gate)
        {
            expiresAt = now < expiresAt ? now : expiresAt;
        }
    }

    /// <summary>Takes an attempt without judging any PIN.</summary>
    internal void LoseAttempt()
    {
        lock (gate)
        {
            failures = Math.Min(failures + 1, rules.PinAttempts);
        }
    }

    /// <summary>
    /// Judges an attempt. An expired PIN comes before a spent one; a spent one, or one that was verified and may be only
    /// once, is refused even for the right digits. The number remaining is zero on success, as in Infobip's example,
    /// unless the assumptions say otherwise.
    /// </summary>
    internal (PinVerdict Verdict, int AttemptsRemaining) Attempt(
        string pin,
        DateTimeOffset now,
        SimulatorAssumptions assumptions
    )
    {
        lock (gate)
        {
            if (now >= expiresAt)
            {
                failures +=
                    assumptions.ExpiredVerifyCostsAttempt && failures < rules.PinAttempts ? 1 : 0;
                return (PinVerdict.Expired, rules.PinAttempts - failures);
            }

            if (failures >= rules.PinAttempts)
            {
                return (PinVerdict.AttemptsExhausted, 0);
            }

            if (verifiedAt is not null && !rules.AllowMultiplePinVerifications)
            {
                return (PinVerdict.VerifiedBefore, 0);
            }

            var comparison = assumptions.PinCaseMatters
                ? StringComparison.Ordinal
                : StringComparison.OrdinalIgnoreCase;
            if (string.Equals(pin, Pin, comparison))
            {
                verifiedAt ??= now;
                return (
                    PinVerdict.Verified,
                    assumptions.SuccessTellsAttempts ? rules.PinAttempts - failures : 0
                );
            }

            failures++;
            return assumptions.LastWrongTrySaysNoMore && failures == rules.PinAttempts
                ? (PinVerdict.AttemptsExhausted, 0)
                : (PinVerdict.Wrong, rules.PinAttempts - failures);
        }
    }
}

namespace Otp2fa.InfobipSimulator.Assumptions;

/// <summary>How <c>Retry-After</c> says when to come back; no Infobip description of 2FA mentions the header.</summary>
public enum RetryAfterStyle
{
    None,

    /// <summary>Whole seconds to wait.</summary>
    Seconds,

    /// <summary>The HTTP date from which the call passes.</summary>
    Date,
}

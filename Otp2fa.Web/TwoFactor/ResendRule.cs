namespace Otp2fa.Web.TwoFactor;

/// <summary>How a code that is wanted once more gets to the person.</summary>
internal enum ResendRule
{
    /// <summary>The same PIN goes out again.</summary>
    SamePin,

    /// <summary>The same PIN is still good, and went out as often as it may.</summary>
    SentOften,

    /// <summary>It is spent, or ends before a message can be relied on to arrive.</summary>
    NewPin,
}

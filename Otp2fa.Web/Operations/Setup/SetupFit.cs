namespace Otp2fa.Web.Operations.Setup;

/// <summary>How a value at Infobip suits this site.</summary>
internal enum SetupFit
{
    /// <summary>There is none, or none that can be read.</summary>
    Unknown,
    TooLow,
    Good,
    TooHigh,
}

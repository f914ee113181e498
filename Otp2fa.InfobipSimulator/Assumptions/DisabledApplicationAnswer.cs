namespace Otp2fa.InfobipSimulator.Assumptions;

/// <summary>What comes of a send through a disabled application.</summary>
public enum DisabledApplicationAnswer
{
    BadRequest,
    Forbidden,

    /// <summary>The switch of the application has no effect on sending.</summary>
    Sends,
}

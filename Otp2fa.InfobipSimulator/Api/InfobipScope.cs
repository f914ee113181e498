namespace Otp2fa.InfobipSimulator.Api;

/// <summary>What an API key may be used for.</summary>
public enum InfobipScope
{
    /// <summary><c>2fa:manage</c>: everything.</summary>
    Manage,

    /// <summary><c>2fa:pin:send</c>: sending, resending, verifying and asking for the status; not the application's rules.</summary>
    SendPin,
}

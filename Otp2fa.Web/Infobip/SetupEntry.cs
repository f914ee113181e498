namespace Otp2fa.Web.Infobip;

/// <summary>An application or a template of the account.</summary>
/// <param name="Id">As Infobip gave it.</param>
/// <param name="Facts">What it is like.</param>
internal sealed record SetupEntry<T>(string Id, T Facts)
    where T : class;

namespace Otp2fa.Web.Infobip;

/// <summary>Whether a call was made. Where it was not, nothing reached Infobip and nothing was counted there.</summary>
internal enum CallAdmission
{
    Made,

    /// <summary>Infobip is known to be down, or an operator says so.</summary>
    Outage,

    /// <summary>As many calls are under way and waiting as may be. Says nothing about Infobip.</summary>
    Crowded,
}

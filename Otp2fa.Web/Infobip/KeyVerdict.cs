namespace Otp2fa.Web.Infobip;

/// <summary>What Infobip makes of the key of the site.</summary>
internal enum KeyVerdict
{
    Good,

    /// <summary>401: no such key.</summary>
    NotKnown,

    /// <summary>403: it may not do this.</summary>
    NotAllowed,

    /// <summary>429: too many questions to say.</summary>
    NotSaid,

    /// <summary>No answer, or none of Infobip's.</summary>
    NotReached,
}

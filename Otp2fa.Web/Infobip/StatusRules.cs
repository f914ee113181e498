namespace Otp2fa.Web.Infobip;

/// <summary>What the HTTP status alone says. Infobip's own identifiers contradict it at times, and then it is right.</summary>
internal enum StatusClass
{
    Ok,
    BadRequest,
    NotFound,
    Misconfigured,
    Throttled,
    Unavailable,
}

internal static class StatusRules
{
    /// <summary>
    /// An answer that did not arrive whole still counts where the status says it all; where the body would have to be
    /// read, it is no answer.
    /// </summary>
    public static StatusClass Classify(InfobipReply reply)
    {
        var byStatus = reply.Status switch
        {
            >= 200 and <= 299 => StatusClass.Ok,
            401 or 403 or 407 => StatusClass.Misconfigured,
            404 => StatusClass.NotFound,
            408 => StatusClass.Unavailable,
            429 => StatusClass.Throttled,
            >= 400 and <= 499 => StatusClass.BadRequest,
            _ => StatusClass.Unavailable,
        };
        var needsBody =
            byStatus is StatusClass.Ok or StatusClass.BadRequest or StatusClass.NotFound;
        return needsBody && reply.Fault != ReplyFault.None ? StatusClass.Unavailable : byStatus;
    }
}

namespace Otp2fa.Web.Mail;

/// <summary>What became of a mail.</summary>
public enum MailDeliveryStatus
{
    /// <summary>The far end has taken it on.</summary>
    Taken,

    /// <summary>Not now; another time it may.</summary>
    Later,

    /// <summary>The far end cannot be reached or does not let us in, so that no mail would go now.</summary>
    NotReached,

    /// <summary>It was on its way when the answer stayed away: the far end may have it, or not.</summary>
    Unknown,

    /// <summary>This very mail is refused for good.</summary>
    Refused,
}

/// <param name="Status">What became of it.</param>
/// <param name="Reason">Why, for the log: nobody's address and nothing that the far end wrote.</param>
public sealed record MailDelivery(MailDeliveryStatus Status, string Reason = "");

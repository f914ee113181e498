namespace Otp2fa.Web.Accounts.Mails;

/// <summary>What came of asking for another address.</summary>
public enum EmailChangeStart
{
    /// <summary>A link is on its way to the new address.</summary>
    Sent,

    /// <summary>Nothing can be sent to that text.</summary>
    NotAnAddress,

    /// <summary>The account has this address, proved.</summary>
    SameAddress,

    /// <summary>Too many mails were asked for; none was sent.</summary>
    TooMany,

    /// <summary>The site sends no mail.</summary>
    Closed,
}

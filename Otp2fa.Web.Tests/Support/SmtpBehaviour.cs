namespace Otp2fa.Web.Tests.Support;

/// <summary>How the mail server of the tests treats its clients.</summary>
public enum SmtpBehaviour
{
    /// <summary>Takes every message, and every login.</summary>
    Accept,

    /// <summary>Takes the connection and says nothing.</summary>
    HangAtGreeting,

    /// <summary>Reads a whole message, forgets it, and never answers.</summary>
    HangAfterData,

    /// <summary>Greets with 421 and closes.</summary>
    RefuseConnection,

    /// <summary>Answers each recipient with 451: try later.</summary>
    DeferRecipient,

    /// <summary>Answers each recipient with 550: never.</summary>
    RejectRecipient,

    /// <summary>Answers a whole message with 554.</summary>
    RejectMessage,

    /// <summary>Closes while the message is on its way.</summary>
    CutInData,

    /// <summary>Takes the message and closes before it says so: the client cannot know.</summary>
    CutAfterData,

    /// <summary>Offers to log in and answers each attempt with 535.</summary>
    RefuseLogin,
}

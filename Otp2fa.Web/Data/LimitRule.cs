namespace Otp2fa.Web.Data;

/// <summary>What a <see cref="LimitUse"/> counts against.</summary>
/// <remarks>Stored as a number: never reuse or reorder.</remarks>
public enum LimitRule
{
    /// <summary>Codes asked for by an account, whatever for.</summary>
    AccountSends = 1,

    /// <summary>Codes asked for to a number, by whichever account.</summary>
    NumberSends = 2,

    /// <summary>Distinct numbers that an account tries to prove.</summary>
    NewNumbers = 3,

    /// <summary>Distinct unproved numbers of one block (E.164 without its last three digits).</summary>
    BlockNumbers = 4,

    /// <summary>Codes asked for to the numbers of a country.</summary>
    CountrySends = 5,

    /// <summary>All codes asked for, and what they cost.</summary>
    SiteSends = 6,

    /// <summary>Wrong codes typed for an account, whatever for.</summary>
    AccountGuesses = 7,

    /// <summary>Alarms raised, so that one is raised once a window and not once an instance.</summary>
    Alarms = 8,

    /// <summary>Wrong recovery codes typed for an account.</summary>
    RecoveryGuesses = 9,

    /// <summary>Wrong codes of the authenticator app typed for an account.</summary>
    AppGuesses = 10,

    /// <summary>Wrong recovery codes typed from one client address.</summary>
    AddressRecoveryGuesses = 11,

    /// <summary>Mails that anybody may cause to one mail address, those of a forgotten password excepted.</summary>
    MailboxAsks = 12,

    /// <summary>Mails asked for from one client address.</summary>
    AddressMailAsks = 13,

    /// <summary>Links to choose a new password, to one mail address.</summary>
    MailboxResets = 14,

    /// <summary>Mails that an account causes while it is signed in.</summary>
    AccountMailAsks = 15,

    /// <summary>Accounts registered from one client address.</summary>
    AddressRegistrations = 16,

    /// <summary>Wrong passwords typed for a name, in browsers that its account does not know.</summary>
    AccountPasswords = 17,

    /// <summary>Wrong passwords typed for an account in one browser that it knows.</summary>
    BrowserPasswords = 18,

    /// <summary>Wrong passwords typed from one client address.</summary>
    AddressPasswords = 19,

    /// <summary>Wrong passwords typed from one network.</summary>
    NetworkPasswords = 20,

    /// <summary>Codes to unproved numbers that are asked for from one client address.</summary>
    AddressNewNumberSends = 21,

    /// <summary>Codes to proved numbers that are asked for from one network.</summary>
    NetworkSends = 22,
}

namespace Otp2fa.Web.Accounts.Mails;

/// <summary>What came of an owner's word that somebody else was at the account.</summary>
public enum ForeignHandsResult
{
    /// <summary>Everything ended, by this word or an earlier one, and the way back was mailed.</summary>
    Done,

    /// <summary>Sessions and remembered browsers ended. The site sends no mail, so the password stays as it is.</summary>
    SessionsEnded,

    /// <summary>The link is none, is too old, or the account was opened by a new password since.</summary>
    DeadLink,

    /// <summary>
    /// Everything ended; the address that it would give back has another account, whose owner proved it, so nothing was mailed.
    /// </summary>
    AddressTaken,
}

namespace Otp2fa.Web.Accounts.Mails;

/// <summary>What a reset came to.</summary>
public enum PasswordResetStatus
{
    Done,

    /// <summary>The link is none, was used, is too old, or belongs to another address than was typed.</summary>
    DeadLink,

    /// <summary>The new password may not be used; the sentences say why. The link still works.</summary>
    Refused,
}

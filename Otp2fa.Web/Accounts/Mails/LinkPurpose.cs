namespace Otp2fa.Web.Accounts.Mails;

/// <summary>What a mailed link is good for; it is good for nothing else.</summary>
internal enum LinkPurpose
{
    ConfirmAddress,
    ConfirmNewAddress,
    ResetPassword,

    /// <summary>Says that what a notice tells was somebody else.</summary>
    NotMe,
}

namespace Otp2fa.Web.Data;

/// <summary>What a mail of the outbox is about. Its text, and the link in it, are made when it is sent.</summary>
/// <remarks>Stored as a number: never reuse or reorder.</remarks>
public enum MailKind
{
    /// <summary>To an account that waits to be confirmed.</summary>
    ConfirmAddress = 1,

    /// <summary>Somebody registered an address that was registered before.</summary>
    RegisteredAgain = 2,

    /// <summary>Somebody asked for another link to confirm the address, which may have no account at all.</summary>
    ConfirmationAsked = 3,

    /// <summary>Somebody asked for a link to choose a new password; the address may have no account at all.</summary>
    ResetAsked = 4,

    /// <summary>To the address that an account is to have from now on.</summary>
    ConfirmNewAddress = 5,

    /// <summary>Something happened to the account that its owner should know.</summary>
    Notice = 6,

    /// <summary>The owner said that it was somebody else: the way back in, to the address that was told.</summary>
    WayBack = 7,

    /// <summary>No mail at all: written so that a request does as much for one address as for another.</summary>
    Nothing = 8,
}

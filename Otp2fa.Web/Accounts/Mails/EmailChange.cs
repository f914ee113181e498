using Microsoft.Extensions.Options;
using Otp2fa.Web.Accounts.Sessions;
using Otp2fa.Web.Data;
using Otp2fa.Web.Limits;
using Otp2fa.Web.Mail;

namespace Otp2fa.Web.Accounts.Mails;

/// <summary>
/// Another address for an account, which is its user name too. It is the account's once the link that was mailed to it was
/// used, and not before.
/// </summary>
internal sealed class EmailChange(
    LinkTokens tokens,
    Outbox outbox,
    MailBudget budget,
    Otp2faSignInManager signIn,
    CurrentSession session,
    AccessChanges changes,
    IOptions<MailOptions> mail
)
{
    /// <summary>Whether the link that was used is of the account that is signed in in this browser.</summary>
    public bool IsOwnSession { get; private set; }

    /// <summary>Mails the link. Whether the address has an account already, only its owner reads.</summary>
    public async Task<EmailChangeStart> StartAsync(ApplicationUser user, string newAddress)
    {
        if (mail.Value.Disabled)
        {
            return EmailChangeStart.Closed;
        }

        if (MailAddresses.Find(newAddress) is null)
        {
            return EmailChangeStart.NotAnAddress;
        }

        if (newAddress == user.Email)
        {
            return EmailChangeStart.SameAddress;
        }

        if (!await budget.TryReserveAsync(user))
        {
            return EmailChangeStart.TooMany;
        }

        await outbox.AddAsync(
            MailKind.ConfirmNewAddress,
            newAddress,
            user.Id,
            tokens.LifetimeOf(LinkPurpose.ConfirmNewAddress)
        );
        return EmailChangeStart.Sent;
    }

    /// <summary>Mails another link to confirm the address that the account has, if nobody did.</summary>
    public async Task<EmailChangeStart> ConfirmAgainAsync(ApplicationUser user)
    {
        if (mail.Value.Disabled)
        {
            return EmailChangeStart.Closed;
        }

        if (user.EmailConfirmed)
        {
            return EmailChangeStart.SameAddress;
        }

        if (!await budget.TryReserveAsync(user))
        {
            return EmailChangeStart.TooMany;
        }

        await outbox.AddAsync(
            MailKind.ConfirmAddress,
            user.Email!,
            user.Id,
            tokens.LifetimeOf(LinkPurpose.ConfirmAddress)
        );
        return EmailChangeStart.Sent;
    }

    /// <summary>
    /// Makes the address the account's. All sessions end but the one in whose browser the link is used; the old address is
    /// told.
    /// </summary>
    /// <returns>Null if the link does not work (any more).</returns>
    public async Task<AddressChange?> ConfirmAsync(string? code)
    {
        if (await tokens.FindAsync(LinkPurpose.ConfirmNewAddress, code) is not { } target)
        {
            return null;
        }

        var result = await changes.ChangeEmailAsync(target.User, target.Address);
        IsOwnSession = session.Row?.UserId == target.User.Id;
        if (result == AddressChange.Done && IsOwnSession)
        {
            await signIn.RenewSessionAsync(target.User);
        }

        return result;
    }
}

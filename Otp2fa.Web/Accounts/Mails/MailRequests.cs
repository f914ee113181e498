using Microsoft.Extensions.Options;
using Otp2fa.Web.Data;
using Otp2fa.Web.Limits;
using Otp2fa.Web.Mail;

namespace Otp2fa.Web.Accounts.Mails;

/// <summary>
/// Mails that anybody can ask for. Every address gets the same answer after the same work: what was asked is written down,
/// and who writes the mail finds out whether there is an account (R07).
/// </summary>
internal sealed class MailRequests(
    Outbox outbox,
    MailBudget budget,
    Otp2faUserManager users,
    IRequestOrigin origin,
    LinkTokens tokens,
    IOptions<MailOptions> mail
)
{
    /// <summary>False where mail is switched off.</summary>
    public bool AreTaken => !mail.Value.Disabled;

    /// <summary>Asks for a link to choose a new password.</summary>
    /// <returns>False if the text is no address.</returns>
    public Task<bool> AskResetAsync(string email) =>
        AskAsync(MailKind.ResetAsked, email, tokens.LifetimeOf(LinkPurpose.ResetPassword));

    /// <summary>Asks for another link to confirm the address.</summary>
    /// <inheritdoc cref="AskResetAsync"/>
    public Task<bool> AskConfirmationAsync(string email) =>
        AskAsync(MailKind.ConfirmationAsked, email, tokens.LifetimeOf(LinkPurpose.ConfirmAddress));

    private async Task<bool> AskAsync(MailKind kind, string email, TimeSpan usefulFor)
    {
        if (MailAddresses.Find(email) is null)
        {
            return false;
        }

        var mailbox = users.NormalizeEmail(email)!;
        if (
            kind == MailKind.ResetAsked
                ? await budget.TryReserveResetAsync(mailbox, origin.Address)
                : await budget.TryReserveAsync(mailbox, origin.Address)
        )
        {
            await outbox.AddAsync(kind, mailbox, usefulFor: usefulFor);
        }

        return true;
    }
}

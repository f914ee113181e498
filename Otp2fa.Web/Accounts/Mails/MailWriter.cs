using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Otp2fa.Web.Data;
using Otp2fa.Web.Mail;

namespace Otp2fa.Web.Accounts.Mails;

/// <summary>
/// Writes the mails about accounts when they are sent. Only here, away from every request, is looked up whether an address
/// has an account: what a request does is the same for all addresses (R07).
/// </summary>
internal sealed class MailWriter(
    Otp2faDbContext db,
    Otp2faUserManager users,
    LinkTokens tokens,
    SiteLinks links,
    IOptions<SupportOptions> support
) : IMailWriter
{
    private const string IfNotYou =
        "If it was not you, do nothing: nothing happens without the link.";

    public async Task<MailText?> WriteAsync(OutboxMail mail, CancellationToken cancellationToken) =>
        mail.Kind switch
        {
            MailKind.ConfirmAddress => await FindOwnerAsync(mail) is { EmailConfirmed: false } user
                ? Confirm(user, mail)
                : null,
            MailKind.ConfirmationAsked => await FindByAddressAsync(mail) switch
            {
                null => null,
                { EmailConfirmed: true } user => AlreadyThere(user),
                { PasswordHash: null } user => Reset(user, "Choose your password", NotConfirmed),
                var user => Confirm(user, mail),
            },
            MailKind.RegisteredAgain => await FindByAddressAsync(mail) switch
            {
                null => null,
                { EmailConfirmed: true } user => AlreadyThere(user),
                // Who registered it first may have been a stranger: the password is chosen anew by who reads this.
                var user => Reset(user, "Choose your password", NotConfirmed),
            },
            MailKind.ResetAsked => await FindByAddressAsync(mail) is { } user
                ? Reset(user, "Choose a new password", ResetAsked)
                : null,
            MailKind.ConfirmNewAddress => await FindOwnerAsync(mail) is { } user
                ? await ConfirmNewAsync(user, mail)
                : null,
            MailKind.Notice => await WriteNoticeAsync(mail, cancellationToken),
            MailKind.WayBack => await FindOwnerAsync(mail) is { } user && user.Email == mail.To
                ? Reset(user, "Get back into your account", WayBack)
                : null,
            MailKind.Nothing => null,
        };

    private const string NotConfirmed =
        "Somebody, probably you, created an account with this address. It was registered before, but nobody confirmed it. Choose the password by this link, which confirms the address too.";

    private const string ResetAsked =
        "Somebody, probably you, asked for a new password for your account. Two-factor authentication stays as it is.";

    private const string WayBack =
        "You told us that somebody else was at your account. Every browser is signed out and the old password opens nothing any more. Choose a new one by this link.";

    private Task<ApplicationUser?> FindOwnerAsync(OutboxMail mail) =>
        db.Users.AsNoTracking().FirstOrDefaultAsync(u => u.Id == mail.UserId);

    // Mailed is always the address of the account, never the spelling that somebody typed.
    private Task<ApplicationUser?> FindByAddressAsync(OutboxMail mail)
    {
        var normalized = users.NormalizeEmail(mail.To);
        return db.Users.AsNoTracking().FirstOrDefaultAsync(u => u.NormalizedEmail == normalized);
    }

    private MailText Confirm(ApplicationUser user, OutboxMail mail) =>
        new(
            user.Email!,
            "Confirm your e-mail address",
            ["Somebody, probably you, created an account with this address."],
            "Confirm this address",
            links.To(
                "ConfirmEmail",
                tokens.Create(LinkPurpose.ConfirmAddress, user, user.Email!),
                mail.ReturnUrl
            ),
            [WorksFor(LinkPurpose.ConfirmAddress), IfNotYou]
        );

    private MailText AlreadyThere(ApplicationUser user) =>
        new(
            user.Email!,
            "You have an account already",
            [
                "Somebody, probably you, wanted to create an account with this address, or to confirm it. It has one, and it is confirmed.",
                "If you forgot the password, you can choose a new one from the page where you sign in.",
            ],
            "Sign in",
            links.To("Login"),
            ["If it was not you, do nothing: your account is as it was."]
        );

    private MailText Reset(ApplicationUser user, string title, string sentence) =>
        new(
            user.Email!,
            title,
            [sentence],
            "Choose the password",
            links.To("ResetPassword", tokens.Create(LinkPurpose.ResetPassword, user, user.Email!)),
            [
                WorksFor(LinkPurpose.ResetPassword),
                $"If it was not you, leave the link alone: nothing happens without it. Need help? {support.Value.Contact}",
            ]
        );

    private async Task<MailText> ConfirmNewAsync(ApplicationUser user, OutboxMail mail)
    {
        var normalized = users.NormalizeEmail(mail.To);
        if (
            await db
                .Users.AsNoTracking()
                .FirstOrDefaultAsync(u =>
                    u.NormalizedEmail == normalized && u.EmailConfirmed && u.Id != user.Id
                ) is
            { } other
        )
        {
            return new MailText(
                other.Email!,
                "You have an account already",
                [
                    "Somebody, probably you, wanted to make this the address of another account. An address can have one account only, and it has one.",
                ],
                "Sign in",
                links.To("Login"),
                ["If it was not you, do nothing: your account is as it was."]
            );
        }

        return new MailText(
            mail.To,
            "Confirm your new e-mail address",
            [
                $"Somebody, probably you, wants to make this the address of the account that signs in as {user.Email} now. If that is not your account, do not press anything.",
            ],
            "Make it the address",
            links.To(
                "ConfirmEmailChange",
                tokens.Create(LinkPurpose.ConfirmNewAddress, user, mail.To)
            ),
            [WorksFor(LinkPurpose.ConfirmNewAddress), IfNotYou]
        );
    }

    private async Task<MailText?> WriteNoticeAsync(
        OutboxMail mail,
        CancellationToken cancellationToken
    )
    {
        if (
            await FindOwnerAsync(mail) is not { } user
            || await db
                .SecurityEvents.AsNoTracking()
                .FirstOrDefaultAsync(e => e.Id == mail.EventId, cancellationToken)
                is not { } happened
        )
        {
            return null;
        }

        var (subject, sentence) = MailTexts.Of(happened);
        return new MailText(
            mail.To,
            subject,
            [sentence, MailTexts.Circumstances(happened), "If it was you, there is nothing to do."],
            "It was not me",
            links.To(
                "NotMe",
                tokens.Create(LinkPurpose.NotMe, user, mail.To, mail.FormerAddressId)
            ),
            [
                $"The link leads to a page with one button that signs everybody out and mails you a way to choose a new password. It works for {LengthsOfTime.Of(tokens.LifetimeOf(LinkPurpose.NotMe))}. Need help? {support.Value.Contact}",
            ]
        );
    }

    private string WorksFor(LinkPurpose purpose) =>
        $"The link works for {LengthsOfTime.Of(tokens.LifetimeOf(purpose))}, once.";
}

using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Otp2fa.Web.Accounts.Mails;
using Otp2fa.Web.Data;
using Otp2fa.Web.Limits;
using Otp2fa.Web.Mail;

namespace Otp2fa.Web.Accounts;

/// <summary>
/// New accounts and the proof of their mail address. What it answers never tells whether an address has an account
/// (ASVS 6.3.8).
/// </summary>
internal sealed class Registration(
    Otp2faDbContext db,
    Otp2faUserManager users,
    PasswordWork work,
    AccessChanges changes,
    Outbox outbox,
    MailBudget budget,
    LinkTokens tokens,
    SiteLinks links,
    IRequestOrigin origin,
    IAuditTrail audit,
    IOptions<MailOptions> mail,
    IHostEnvironment environment,
    TimeProvider time,
    ILogger<Registration> logger
)
{
    public const string AddressFormat =
        "Enter an e-mail address in the correct format, like name@example.com.";

    /// <summary>Closed where mail is switched off: nobody could confirm an address.</summary>
    public bool IsOpen => !mail.Value.Disabled;

    /// <summary>While mails go to a folder, Development shows the link on the page too; no other environment ever does.</summary>
    public bool ShowsLinkOnPage => environment.IsDevelopment() && mail.Value.GoesToFolder;

    /// <param name="email">The address, which is the user name too.</param>
    /// <param name="password">Taken as typed.</param>
    /// <param name="returnUrl">Where the person was going; a path of this site.</param>
    /// <returns>
    /// What is wrong with the address or the password themselves; empty if nothing is, and then the answer is the same
    /// whether the account was made or the address was known. The owner of a known address is mailed what to do.
    /// </returns>
    public async Task<IReadOnlyList<IdentityError>> RegisterAsync(
        string email,
        string password,
        string returnUrl
    )
    {
        if (MailAddresses.Find(email) is null)
        {
            return [WrongAddress];
        }

        var user = new ApplicationUser
        {
            UserName = email,
            Email = email,
            RegisteredUtc = time.GetUtcNow(),
        };
        var verdict = await users.JudgeNewPasswordAsync(user, password);
        if (!verdict.Succeeded)
        {
            return [.. verdict.Errors];
        }

        // Before the budget: who is told that the site is busy has used nothing up.
        using var turn = await work.EnterAsync();
        if (!await budget.TryReserveRegistrationAsync(origin.Address))
        {
            return [TooMany];
        }

        // Before the transaction, which would keep others waiting for it.
        user.PasswordHash = await turn.HashAsync(user, password);
        // Of the mailbox alone: many people of an office may register from one address.
        var mailbox = users.NormalizeEmail(email)!;
        var hasRoom = await budget.TryReserveAsync(mailbox, address: null);
        await using var transaction = await db.JoinTransactionAsync(user.Id);
        var result = await users.CreateAsync(user);
        if (result.Succeeded)
        {
            await outbox.AddAsync(
                MailKind.ConfirmAddress,
                email,
                user.Id,
                tokens.LifetimeOf(LinkPurpose.ConfirmAddress),
                returnUrl
            );
            await transaction.CommitAsync();
            logger.Registered(user.Id);
            audit.Record(AuditKind.Registered, user.Id);
            return [];
        }

        if (!result.Errors.All(IsTaken))
        {
            return [WrongAddress];
        }

        // At once, whether a mail goes or not: whoever was first may have been a stranger, and an older link that the owner
        // presses would open the account to that stranger's password.
        await changes.DropUnconfirmedPasswordAsync(mailbox);
        await outbox.AddAsync(
            hasRoom ? MailKind.RegisteredAgain : MailKind.Nothing,
            mailbox,
            usefulFor: tokens.LifetimeOf(LinkPurpose.ResetPassword)
        );
        await transaction.CommitAsync();
        return [];
    }

    /// <summary>
    /// The link that a mail carries, for Development without a mail server. Null everywhere else, and for an address that has
    /// no account to confirm.
    /// </summary>
    public async Task<string?> FindLinkForPageAsync(string? email, string returnUrl) =>
        ShowsLinkOnPage
        && !string.IsNullOrEmpty(email)
        && await users.FindByEmailAsync(email)
            is { EmailConfirmed: false, PasswordHash: not null } user
            ? links.PathTo(
                "ConfirmEmail",
                tokens.Create(LinkPurpose.ConfirmAddress, user, user.Email!),
                returnUrl
            )
            : null;

    /// <returns>False for a link that is none, was used, or is too old.</returns>
    public async Task<bool> ConfirmAsync(string? code) =>
        await tokens.FindAsync(LinkPurpose.ConfirmAddress, code) is { } target
        && await changes.ConfirmAddressAsync(target.User);

    private static IdentityError TooMany =>
        new()
        {
            Code = nameof(TooMany),
            Description =
                "Too many accounts were created from your network. Wait an hour and try again.",
        };

    private static IdentityError WrongAddress =>
        new() { Code = nameof(IdentityErrorDescriber.InvalidEmail), Description = AddressFormat };

    private static bool IsTaken(IdentityError error) =>
        error.Code
            is nameof(IdentityErrorDescriber.DuplicateUserName)
                or nameof(IdentityErrorDescriber.DuplicateEmail);
}

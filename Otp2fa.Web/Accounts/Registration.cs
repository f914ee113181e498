using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Otp2fa.Web.Data;
using Otp2fa.Web.Mail;

namespace Otp2fa.Web.Accounts;

/// <summary>
/// New accounts and the proof of their mail address. What it answers never tells whether an address has an account
/// (ASVS 6.3.8).
/// </summary>
internal sealed class Registration(
    Otp2faUserManager users,
    IEnumerable<IEmailSender<ApplicationUser>> senders,
    IOptions<MailOptions> mail,
    IHostEnvironment environment,
    TimeProvider time,
    ILogger<Registration> logger
)
{
    /// <summary>RFC 5321 4.5.3.1.3: the longest path, without its angle brackets.</summary>
    public const int MaximumAddressLength = 254;

    public const string AddressFormat =
        "Enter an e-mail address in the correct format, like name@example.com.";

    /// <summary>Closed where mail is switched off: nobody could confirm an address.</summary>
    public bool IsOpen => !mail.Value.Disabled;

    /// <summary>While nothing can be mailed, Development shows the link on the page; no other environment ever does.</summary>
    public bool ShowsLinkOnPage => environment.IsDevelopment() && !senders.Any();

    /// <param name="email">The address, which is the user name too.</param>
    /// <param name="password">Taken as typed.</param>
    /// <param name="confirmationLink">Makes the absolute link from user id and token.</param>
    /// <returns>
    /// What is wrong with the address or the password themselves; empty if nothing is, and then the answer is the same
    /// whether the account was made or the address was known. A known address is mailed nothing: a second link would let
    /// whoever registered it first, with a password of their own, be confirmed by its owner.
    /// </returns>
    public async Task<IReadOnlyList<IdentityError>> RegisterAsync(
        string email,
        string password,
        Func<string, string, string> confirmationLink
    )
    {
        var user = new ApplicationUser
        {
            UserName = email,
            Email = email,
            RegisteredUtc = time.GetUtcNow(),
        };
        var result = await users.CreateAsync(user, password);
        if (result.Succeeded)
        {
            logger.Registered(user.Id);
            if (senders.LastOrDefault() is { } sender)
            {
                await SendLinkAsync(sender, user, confirmationLink);
            }

            return [];
        }

        return
        [
            .. result
                .Errors.Where(error =>
                    error.Code
                        is not nameof(IdentityErrorDescriber.DuplicateUserName)
                            and not nameof(IdentityErrorDescriber.DuplicateEmail)
                )
                .Select(error =>
                    error.Code
                        is nameof(IdentityErrorDescriber.InvalidUserName)
                            or nameof(IdentityErrorDescriber.InvalidEmail)
                        ? new IdentityError { Code = error.Code, Description = AddressFormat }
                        : error
                )
                .DistinctBy(error => error.Description, StringComparer.Ordinal),
        ];
    }

    private async Task SendLinkAsync(
        IEmailSender<ApplicationUser> sender,
        ApplicationUser user,
        Func<string, string, string> confirmationLink
    )
    {
        try
        {
            var token = await users.GenerateEmailConfirmationTokenAsync(user);
            await sender.SendConfirmationLinkAsync(
                user,
                user.Email!,
                confirmationLink(user.Id, token)
            );
        }
        catch
        {
            // Or the address would be taken by an account that nobody can confirm any more.
            await users.DeleteAsync(user);
            throw;
        }
    }

    /// <summary>
    /// The link that a mail would carry, for Development without a mail sender. Null everywhere else, and for an address
    /// that has no account to confirm.
    /// </summary>
    public async Task<string?> FindLinkForPageAsync(
        string? email,
        Func<string, string, string> confirmationLink
    )
    {
        if (
            !ShowsLinkOnPage
            || string.IsNullOrEmpty(email)
            || await users.FindByEmailAsync(email) is not { EmailConfirmed: false } user
        )
        {
            return null;
        }

        return confirmationLink(user.Id, await users.GenerateEmailConfirmationTokenAsync(user));
    }

    /// <returns>False for an unknown account, and for a token that is not its own or too old.</returns>
    public async Task<bool> ConfirmAsync(string? userId, string? token) =>
        !string.IsNullOrEmpty(userId)
        && !string.IsNullOrEmpty(token)
        && await users.FindByIdAsync(userId) is { } user
        && (await users.ConfirmEmailAsync(user, token)).Succeeded;
}

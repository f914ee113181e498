using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Otp2fa.Web.Data;
using Otp2fa.Web.TwoFactor;

namespace Otp2fa.Web.Accounts.Pending;

/// <summary>A code asked for inside a session: what it is for, where it went, and what can still become of it.</summary>
public sealed record PendingConfirmation(
    ChallengeTicket Ticket,
    PhoneNumber Number,
    ChallengeState? State
);

/// <summary>
/// Codes asked for by a signed-in person: for a new number, or for a step-up. The number stands in the server-side
/// ticket and is never read from a form.
/// </summary>
internal sealed class PendingConfirmations(
    IHttpContextAccessor contexts,
    PendingTickets tickets,
    PendingChallenge pending,
    PinChallenges challenges
)
{
    private const string NumberItem = "otp2fa.number";

    private HttpContext Context =>
        contexts.HttpContext
        ?? throw new InvalidOperationException("Codes are asked for in a request.");

    /// <returns>Null when the code is on its way; otherwise why it is not, and no ticket was opened.</returns>
    public async Task<SendRefusal?> StartAsync(
        ApplicationUser user,
        ChallengePurpose purpose,
        PhoneNumber number
    )
    {
        var start = await challenges.StartAsync(user, purpose, number, RandomKey.Draw().Text);
        if (start.Refusal is { } refusal)
        {
            return refusal;
        }

        await tickets.ForgetAsync(Context, AccountSchemes.PendingNumber);
        pending.Report(start);
        var identity = new ClaimsIdentity(AccountSchemes.PendingNumber);
        identity.AddClaim(new Claim(ClaimTypes.Name, user.Id));
        var properties = new AuthenticationProperties();
        properties.Items[NumberItem] = number.E164;
        await Context.SignInAsync(
            AccountSchemes.PendingNumber,
            new ClaimsPrincipal(identity),
            properties
        );
        return null;
    }

    /// <summary>Null if this browser waits for no code of this person and purpose.</summary>
    public async Task<PendingConfirmation?> FindAsync(
        ApplicationUser user,
        ChallengePurpose purpose
    )
    {
        var result = await Context.AuthenticateAsync(AccountSchemes.PendingNumber);
        return
            result is { Succeeded: true, Properties: { } properties }
            && result.Principal.FindFirstValue(ClaimTypes.Name) == user.Id
            && properties.ReadTicket() is { } ticket
            && ticket.Purpose == purpose
            && PhoneNumber.FromStored(properties.Items[NumberItem]) is { } number
            ? new PendingConfirmation(ticket, number, await challenges.FindStateAsync(user, ticket))
            : null;
    }

    public async Task<PinSubmission> SubmitAsync(
        ApplicationUser user,
        PendingConfirmation confirmation,
        PinCode pin
    )
    {
        var submission = await challenges.SubmitAsync(
            user,
            confirmation.Number,
            confirmation.Ticket,
            pin
        );
        if (submission.Status == PinSubmissionStatus.Verified)
        {
            await Context.SignOutAsync(AccountSchemes.PendingNumber);
        }

        return submission;
    }
}

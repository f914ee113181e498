using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Otp2fa.Web.Accounts.Sessions;
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
    PinSender sender,
    PinChecker checker,
    CurrentSession session
)
{
    private const string NumberItem = "otp2fa.number";
    private const string SessionItem = "otp2fa.session";

    // Stays while the session's key is renewed, and ends with the session: what it began no other may finish.
    private string? SessionKey => session.Row?.Id.ToString(CultureInfo.InvariantCulture);

    private HttpContext Context =>
        contexts.HttpContext
        ?? throw new InvalidOperationException("Codes are asked for in a request.");

    /// <summary>
    /// Asks for a code. If this browser waits for one of the same person, purpose and number already, that one is sent again.
    /// </summary>
    /// <returns>Null when the code is on its way; otherwise why it is not, and what was pending still is.</returns>
    public async Task<SendDenial?> StartAsync(
        ApplicationUser user,
        ChallengePurpose purpose,
        PhoneNumber number
    )
    {
        var waiting = await ReadAsync(
            await tickets.PeekAsync(Context, AccountSchemes.PendingNumber),
            user,
            purpose
        );
        var start =
            waiting is { State.Status: ChallengeStatus.Live } && waiting.Number == number
                ? await sender.ResendAsync(user, number, waiting.Ticket, PinChannel.Sms)
                : await sender.StartAsync(user, purpose, number, RandomKey.Draw().Text);
        if (start.Denial is { } denial)
        {
            return denial;
        }

        if (start.Ticket == waiting?.Ticket)
        {
            return null;
        }

        await tickets.TakeAsync(Context, AccountSchemes.PendingNumber);
        pending.Report(start);
        var identity = new ClaimsIdentity(AccountSchemes.PendingNumber);
        identity.AddClaim(new Claim(ClaimTypes.Name, user.Id));
        var properties = new AuthenticationProperties();
        properties.Items[NumberItem] = number.E164;
        properties.Items[SessionItem] = SessionKey;
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
        return await ReadAsync(result.Ticket, user, purpose);
    }

    public async Task<PinSubmission> SubmitAsync(
        ApplicationUser user,
        PendingConfirmation confirmation,
        PinCode pin
    )
    {
        var submission = await checker.SubmitAsync(
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

    private async Task<PendingConfirmation?> ReadAsync(
        AuthenticationTicket? pendingTicket,
        ApplicationUser user,
        ChallengePurpose purpose
    ) =>
        pendingTicket is { Properties: var properties }
        && pendingTicket.Principal.FindFirstValue(ClaimTypes.Name) == user.Id
        && properties.Items.TryGetValue(SessionItem, out var begun)
        && begun is not null
        && begun == SessionKey
        && properties.ReadTicket() is { } ticket
        && ticket.Purpose == purpose
        && PhoneNumber.FromStored(properties.Items[NumberItem]) is { } number
            ? new PendingConfirmation(ticket, number, await checker.FindStateAsync(user, ticket))
            : null;
}

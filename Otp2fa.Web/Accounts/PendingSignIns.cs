using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Otp2fa.Web.Accounts.Pending;
using Otp2fa.Web.Data;
using Otp2fa.Web.TwoFactor;

namespace Otp2fa.Web.Accounts;

/// <summary>The sign-in that waits for its second step in this browser, and the codes that are sent for it.</summary>
internal sealed class PendingSignIns(
    IHttpContextAccessor contexts,
    Otp2faUserManager users,
    PendingChallenge pending,
    PinSender sender,
    PinChecker checker,
    TimeProvider time
)
{
    private HttpContext Context =>
        contexts.HttpContext ?? throw new InvalidOperationException("People sign in by requests.");

    /// <summary>Null if none waits, its time is over, or the account was changed meanwhile.</summary>
    public async Task<PendingSignIn?> FindAsync()
    {
        var result = await Context.AuthenticateAsync(AccountSchemes.PendingSignIn);
        if (
            result is not { Succeeded: true, Properties: { } properties, Principal: { } principal }
            || principal.FindFirstValue(ClaimTypes.Name) is not { } userId
            || await users.FindByIdAsync(userId) is not { } user
            // Of the account as it is now nothing is shown on the strength of a password that may not be its own any more.
            || !properties.IsBoundTo(user)
        )
        {
            return null;
        }

        var ticket = properties.ReadTicket();
        var state = ticket is null ? null : await checker.FindStateAsync(user, ticket);
        return new PendingSignIn(user, ticket, properties.ReadDenial(), state);
    }

    /// <summary>What asking for a code now would come to.</summary>
    public async Task<SendOutlook> LookAheadAsync(PendingSignIn signIn) =>
        signIn.User.GetProvedNumber() is { } number
            ? await sender.LookAheadAsync(
                signIn.User,
                ChallengePurpose.SignIn,
                number,
                signIn.State
            )
            : new SendOutlook(IsSameCode: false, new SendDenial(SendRefusal.NoProvedNumber));

    /// <summary>
    /// Gets the code of this sign-in to the phone, the first time or once more, or a new one in its place, which the pending
    /// ticket then names. The ticket's key and end stay.
    /// </summary>
    public async Task<ResendResult> SendAsync(PinChannel channel)
    {
        var result = await Context.AuthenticateAsync(AccountSchemes.PendingSignIn);
        if (await FindAsync() is not { } signIn)
        {
            return new ResendResult(ResendStatus.Lost);
        }

        // A code that could not arrive before the sign-in ends is a wasted message.
        var end = result.Properties!.ExpiresUtc;
        if (end < time.GetUtcNow() + PinSender.LongestDelivery)
        {
            return new ResendResult(ResendStatus.Lost);
        }

        if (await users.IsLockedOutAsync(signIn.User))
        {
            return new ResendResult(ResendStatus.LockedOut);
        }

        if (signIn.User.GetProvedNumber() is not { } number)
        {
            return new ResendResult(
                ResendStatus.Refused,
                new SendDenial(SendRefusal.NoProvedNumber)
            );
        }

        var start = signIn.Ticket is { } ticket
            ? await sender.ResendAsync(signIn.User, number, ticket, channel, end)
            : await sender.StartAsync(
                signIn.User,
                ChallengePurpose.SignIn,
                number,
                RandomKey.Draw().Text,
                end
            );
        if (start.Denial is { } denial)
        {
            return new ResendResult(ResendStatus.Refused, denial);
        }

        if (start.Ticket == signIn.Ticket)
        {
            return new ResendResult(ResendStatus.Sent, Channel: channel);
        }

        pending.Report(start);
        await Context.SignInAsync(
            AccountSchemes.PendingSignIn,
            result.Principal!,
            result.Properties
        );
        return new ResendResult(ResendStatus.Sent);
    }
}

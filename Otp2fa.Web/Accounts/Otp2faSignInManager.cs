using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Otp2fa.Web.Accounts.Pending;
using Otp2fa.Web.Accounts.Sessions;
using Otp2fa.Web.Data;
using Otp2fa.Web.Limits;
using Otp2fa.Web.TwoFactor;

namespace Otp2fa.Web.Accounts;

/// <summary>
/// Identity's sign-in manager, filled where it leaves two-factor sign-in open: 2FA is asked whenever it is on (F7), the
/// code is sent through the <see cref="PendingChallenge"/> port, and every sign-in gets a session row and a fresh id.
/// </summary>
internal sealed class Otp2faSignInManager(
    Otp2faUserManager userManager,
    IHttpContextAccessor contextAccessor,
    IUserClaimsPrincipalFactory<ApplicationUser> claimsFactory,
    IOptions<IdentityOptions> options,
    ILogger<Otp2faSignInManager> logger,
    IAuthenticationSchemeProvider schemes,
    IUserConfirmation<ApplicationUser> confirmation,
    PendingChallenge pending,
    PendingTickets tickets,
    PinSender sender,
    PinChecker checker,
    RecoveryBudget recoveryBudget,
    SessionStore sessions,
    CurrentSession current,
    DecoyPassword decoy,
    TimeProvider time
)
    : SignInManager<ApplicationUser>(
        userManager,
        contextAccessor,
        claimsFactory,
        options,
        logger,
        schemes,
        confirmation
    )
{
    // What the sign-in under way has proved, which then opens a new session; null: the session of this browser goes on.
    private SessionProofs? newSession;

    // What was proved in the session that is being renewed, and whether it was still there.
    private SessionProofs? renewal;
    private bool isRenewed;

    /// <summary>On means asked. Whether a code can be sent right now is another question, answered on the code page (F7).</summary>
    public override Task<bool> IsTwoFactorEnabledAsync(ApplicationUser user) =>
        UserManager.GetTwoFactorEnabledAsync(user);

    /// <summary>
    /// The password step. Unknown, locked and unconfirmed accounts cost one password hash too, so that their answer takes
    /// as long as a wrong password's (ASVS 6.3.8).
    /// </summary>
    public override async Task<SignInResult> PasswordSignInAsync(
        string userName,
        string password,
        bool isPersistent,
        bool lockoutOnFailure
    )
    {
        var user = await UserManager.FindByNameAsync(userName);
        var refused = user is null ? SignInResult.Failed : await PreSignInCheck(user);
        if (user is null || refused is not null)
        {
            decoy.Verify(password);
            Logger.PasswordRefused(user is null ? "unknown name" : refused!.ToString());
            return refused!;
        }

        var result = await PasswordSignInAsync(user, password, isPersistent, lockoutOnFailure);
        if (result is { Succeeded: false, RequiresTwoFactor: false })
        {
            Logger.PasswordRefused(result.ToString());
        }

        return result;
    }

    /// <summary>
    /// After a right password: with 2FA on, asks for a code and opens a pending ticket under a key of its own, whatever
    /// became of the send. Nothing but a code signs in from there.
    /// </summary>
    protected override async Task<SignInResult> SignInOrTwoFactorAsync(
        ApplicationUser user,
        bool isPersistent,
        string? loginProvider = null,
        bool bypassTwoFactor = false
    )
    {
        var (before, isTakenElsewhere) = await tickets.TakeAsync(
            Context,
            AccountSchemes.PendingSignIn
        );
        if (
            !bypassTwoFactor
            && await IsTwoFactorEnabledAsync(user)
            && !await IsTwoFactorClientRememberedAsync(user)
        )
        {
            if (isTakenElsewhere)
            {
                // A second click, or two windows at once: the code that is on its way belongs to the other request, and its
                // cookie must be the one that stays.
                return SignInResult.TwoFactorRequired;
            }

            // The code this very browser waits for already serves the new attempt as well.
            var isOwn =
                before?.Principal.FindFirstValue(ClaimTypes.Name) == user.Id
                && before.Properties.IsBoundTo(user);
            pending.BeginSend(user, isOwn ? before!.Properties.ReadTicket() : null);
            await UserManager.GenerateTwoFactorTokenAsync(user, TokenOptions.DefaultPhoneProvider);
        }

        newSession = SessionProofs.OfPassword;
        try
        {
            return await base.SignInOrTwoFactorAsync(
                user,
                isPersistent,
                loginProvider,
                bypassTwoFactor
            );
        }
        finally
        {
            newSession = null;
        }
    }

    /// <summary>The sign-in that waits for its code in this browser; null if there is none, or its time is over.</summary>
    public async Task<PendingSignIn?> GetPendingSignInAsync()
    {
        var result = await Context.AuthenticateAsync(AccountSchemes.PendingSignIn);
        if (
            result is not { Succeeded: true, Properties: { } properties }
            || await GetTwoFactorAuthenticationUserAsync() is not { } user
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
    /// The code step: checks the typed code against the challenge of this very attempt, through Identity's own
    /// two-factor sign-in and the provider named <c>Phone</c>.
    /// </summary>
    /// <param name="pin">The typed code.</param>
    /// <param name="isPersistent">Whether the session cookie outlives the browser.</param>
    public async Task<CodeStepResult> SubmitPinAsync(PinCode pin, bool isPersistent)
    {
        if (await GetPendingSignInAsync() is not { } signIn)
        {
            return new CodeStepResult(CodeStepStatus.Lost);
        }

        if (signIn.Ticket is null)
        {
            return new CodeStepResult(
                CodeStepStatus.Refused,
                new PinSubmission(PinSubmissionStatus.NoChallenge)
            );
        }

        pending.BeginSubmit(signIn.Ticket, pin);
        var result = await SignInWithPinAsync(pin, isPersistent);
        return result switch
        {
            { Succeeded: true } => new CodeStepResult(CodeStepStatus.SignedIn),
            { IsLockedOut: true } => new CodeStepResult(CodeStepStatus.LockedOut),
            _ when pending.Submission is { Status: not PinSubmissionStatus.Verified } submission =>
                new CodeStepResult(CodeStepStatus.Refused, submission),
            _ => new CodeStepResult(CodeStepStatus.Lost),
        };
    }

    /// <summary>
    /// Gets the code of this sign-in to the phone once more, or a new one in its place, which the pending ticket then names.
    /// The ticket's key and end stay.
    /// </summary>
    public async Task<ResendResult> ResendPinAsync(PinChannel channel)
    {
        var result = await Context.AuthenticateAsync(AccountSchemes.PendingSignIn);
        if (await GetPendingSignInAsync() is not { } signIn)
        {
            return new ResendResult(ResendStatus.Lost);
        }

        // A code that could not arrive before the sign-in ends is a wasted message.
        var end = result.Properties!.ExpiresUtc;
        if (end < time.GetUtcNow() + PinSender.LongestDelivery)
        {
            return new ResendResult(ResendStatus.Lost);
        }

        if (await UserManager.IsLockedOutAsync(signIn.User))
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

    /// <summary>
    /// The code step without the phone: tries a recovery code of the account that waits for its code. A lock stands here,
    /// too (F8), and wrong ones are counted before they are tried (L7).
    /// </summary>
    public async Task<RecoveryStepResult> SubmitRecoveryCodeAsync(string code)
    {
        if (await GetPendingSignInAsync() is not { User: var user })
        {
            return new RecoveryStepResult(RecoveryStepStatus.Lost);
        }

        var result = await TryRecoveryCodeAsync(user, code);
        if (result.Status == RecoveryStepStatus.SignedIn)
        {
            Logger.RecoveryCodeUsed(user.Id, result.Left);
        }
        else
        {
            Logger.RecoveryCodeRefused(user.Id, result.Status);
        }

        return result;
    }

    /// <summary>As <see cref="SubmitRecoveryCodeAsync"/>, by Identity's name: there is no way around the counting.</summary>
    public override async Task<SignInResult> TwoFactorRecoveryCodeSignInAsync(
        string recoveryCode
    ) =>
        (await SubmitRecoveryCodeAsync(recoveryCode)).Status switch
        {
            RecoveryStepStatus.SignedIn => SignInResult.Success,
            RecoveryStepStatus.LockedOut => SignInResult.LockedOut,
            RecoveryStepStatus.Wrong or RecoveryStepStatus.TooMany or RecoveryStepStatus.Lost =>
                SignInResult.Failed,
        };

    private async Task<RecoveryStepResult> TryRecoveryCodeAsync(ApplicationUser user, string code)
    {
        if (await UserManager.IsLockedOutAsync(user))
        {
            return new RecoveryStepResult(RecoveryStepStatus.LockedOut);
        }

        // What cannot be one is no guess.
        if (RecoveryCodeText.Parse(code) is null)
        {
            return new RecoveryStepResult(RecoveryStepStatus.Wrong);
        }

        var (guess, until) = await recoveryBudget.TryReserveAsync(user.Id);
        if (guess is null)
        {
            return new RecoveryStepResult(RecoveryStepStatus.TooMany, Until: until);
        }

        newSession = SessionProofs.OfFactor(time.GetUtcNow());
        try
        {
            if (!(await base.TwoFactorRecoveryCodeSignInAsync(code)).Succeeded)
            {
                return new RecoveryStepResult(RecoveryStepStatus.Wrong);
            }
        }
        finally
        {
            newSession = null;
        }

        await recoveryBudget.ReturnAsync(guess);
        return new RecoveryStepResult(
            RecoveryStepStatus.SignedIn,
            await UserManager.CountRecoveryCodesAsync(user)
        );
    }

    /// <summary>
    /// A sign-in opens a session row under a new key, and the row this browser had before ends. A refresh renews the key of
    /// the row there is; if it is not there any more, nobody is signed in.
    /// </summary>
    public override async Task SignInWithClaimsAsync(
        ApplicationUser user,
        AuthenticationProperties? authenticationProperties,
        IEnumerable<Claim> additionalClaims
    )
    {
        var (key, proofs) = await OpenSessionAsync(user);
        if (key is null)
        {
            return;
        }

        var method = proofs.MultiFactor ? SessionClaims.MultiFactor : SessionClaims.Password;
        Claim[] claims =
        [
            .. additionalClaims.Where(claim => claim.Type != SessionClaims.AuthenticationMethod),
            new(SessionClaims.AuthenticationMethod, method),
            new(SessionClaims.SessionId, key),
        ];
        await base.SignInWithClaimsAsync(user, authenticationProperties, claims);
        Logger.SignedIn(user.Id, method);
    }

    /// <summary>
    /// Gives the current session a new key after something was proved in it or the account changed. Its absolute end stays.
    /// </summary>
    /// <param name="user">The person of the current session.</param>
    /// <param name="passwordGiven">The password was typed again just now.</param>
    /// <param name="factorGiven">A second factor was given just now.</param>
    /// <returns>
    /// False if the session was ended or renewed by another request meanwhile: it must not come back, and the cookie that
    /// the other request answered with must not be touched.
    /// </returns>
    public async Task<bool> RenewSessionAsync(
        ApplicationUser user,
        bool passwordGiven,
        bool factorGiven
    )
    {
        if (current.Row is not { } row)
        {
            return false;
        }

        var now = time.GetUtcNow();
        renewal = new SessionProofs(
            row.MultiFactor || factorGiven,
            passwordGiven ? now : row.PasswordUtc,
            factorGiven ? now : row.FactorUtc
        );
        isRenewed = false;
        try
        {
            await RefreshSignInAsync(user);
            return isRenewed;
        }
        finally
        {
            renewal = null;
        }
    }

    public override async Task SignOutAsync()
    {
        var userId = Context.User.FindFirstValue(ClaimTypes.NameIdentifier);
        if (current.Row is { } row)
        {
            await sessions.EndAsync(row);
        }

        await Context.SignOutAsync(IdentityConstants.ApplicationScheme);
        await Context.SignOutAsync(AccountSchemes.PendingSignIn);
        await Context.SignOutAsync(AccountSchemes.PendingNumber);
        if (userId is not null)
        {
            Logger.SignedOut(userId);
        }
    }

    private async Task<(string? Key, SessionProofs Proofs)> OpenSessionAsync(ApplicationUser user)
    {
        if (newSession is null && current.Row is { } row && row.UserId == user.Id)
        {
            var carried = renewal ?? SessionProofs.Of(row);
            var renewed = await sessions.RenewAsync(row, carried);
            isRenewed = renewed is not null;
            return (renewed, carried);
        }

        var proofs = newSession ?? SessionProofs.OfPassword;
        var key = await sessions.StartAsync(user.Id, proofs);
        if (current.Row is { } before)
        {
            await sessions.EndAsync(before);
        }

        return (key, proofs);
    }

    private async Task<SignInResult> SignInWithPinAsync(PinCode pin, bool isPersistent)
    {
        newSession = SessionProofs.OfFactor(time.GetUtcNow());
        try
        {
            return await TwoFactorSignInAsync(
                TokenOptions.DefaultPhoneProvider,
                pin.Digits,
                isPersistent,
                rememberClient: false
            );
        }
        finally
        {
            newSession = null;
        }
    }
}

using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Otp2fa.Web.Accounts.Pending;
using Otp2fa.Web.Accounts.Sessions;
using Otp2fa.Web.Data;
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
    PendingSignIns pendingSignIns,
    RememberedBrowsers remembered,
    SessionStore sessions,
    CurrentSession current,
    PasswordCheck passwords,
    DeviceCookie device,
    IAuditTrail audit,
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

    // The row that says that this browser is remembered for the account that is signing in.
    private long? rememberedBrowser;
    private string? rememberedBrowserOf;

    /// <summary>What a sign-in that needs a second step is asked for first; null if the account has nothing to ask for.</summary>
    public Factor? FirstFactor { get; private set; }

    /// <summary>On means asked. Whether a code can be sent right now is another question, answered on the code page (F7).</summary>
    public override Task<bool> IsTwoFactorEnabledAsync(ApplicationUser user) =>
        UserManager.GetTwoFactorEnabledAsync(user);

    /// <summary>
    /// Until when no password from this client is checked, whatever the account; null if the last one was. Known after
    /// <see cref="PasswordSignInAsync(string,string,bool,bool)"/>.
    /// </summary>
    public DateTimeOffset? TooManyUntil { get; private set; }

    /// <summary>The password step: the same for unknown, locked and unconfirmed accounts and for a wrong password.</summary>
    public override async Task<SignInResult> PasswordSignInAsync(
        string userName,
        string password,
        bool isPersistent,
        bool lockoutOnFailure
    )
    {
        var user = await UserManager.FindByNameAsync(userName);
        var barred = user is null ? null : await PreSignInCheck(user);
        var verdict = await passwords.CheckAsync(
            userName,
            user,
            password,
            isBarred: barred is not null
        );
        TooManyUntil =
            verdict.Status == PasswordVerdictStatus.TooManyFromHere ? verdict.Until : null;
        if (user is not null && verdict.IsRight)
        {
            return await SignInOrTwoFactorAsync(user, isPersistent);
        }

        Logger.PasswordRefused(
            user is null ? "unknown name" : barred?.ToString() ?? verdict.Status.ToString()
        );
        return ToIdentity(verdict);
    }

    /// <summary>As the password step of a sign-in; every check counts, whatever is asked for.</summary>
    public override async Task<SignInResult> CheckPasswordSignInAsync(
        ApplicationUser user,
        string password,
        bool lockoutOnFailure
    ) =>
        await PreSignInCheck(user)
        ?? ToIdentity(await passwords.CheckAsync(user.UserName!, user, password));

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
                FirstFactor = user.FirstFactor();
                return SignInResult.TwoFactorRequired;
            }

            FirstFactor = user.FirstFactor();
            if (FirstFactor == Factor.App)
            {
                pending.Begin(user);
            }
            else
            {
                // The code this very browser waits for already serves the new attempt as well.
                var isOwn =
                    before?.Principal.FindFirstValue(ClaimTypes.Name) == user.Id
                    && before.Properties.IsBoundTo(user);
                pending.BeginSend(user, isOwn ? before!.Properties.ReadTicket() : null);
                await UserManager.GenerateTwoFactorTokenAsync(
                    user,
                    TokenOptions.DefaultPhoneProvider
                );
            }
        }

        newSession = rememberedBrowser is { } browser
            ? SessionProofs.OfRememberedBrowser(browser)
            : SessionProofs.OfPassword;
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

    /// <summary>
    /// The code step: checks the typed code against the challenge of this very attempt, through Identity's own
    /// two-factor sign-in and the provider named <c>Phone</c>.
    /// </summary>
    /// <param name="pin">The typed code.</param>
    /// <param name="isPersistent">Whether the session cookie outlives the browser.</param>
    /// <param name="rememberBrowser">Whether this browser is asked for no second factor for a while.</param>
    public async Task<CodeStepResult<PinSubmission>> SubmitPinAsync(
        PinCode pin,
        bool isPersistent,
        bool rememberBrowser
    )
    {
        if (await pendingSignIns.FindAsync() is not { } signIn)
        {
            return new CodeStepResult<PinSubmission>(CodeStepStatus.Lost);
        }

        if (signIn.Ticket is null)
        {
            return new CodeStepResult<PinSubmission>(
                CodeStepStatus.Refused,
                new PinSubmission(PinSubmissionStatus.NoChallenge)
            );
        }

        pending.BeginSubmit(signIn.Ticket, pin);
        var result = await FinishAsync(
            Factor.Sms,
            () =>
                TwoFactorSignInAsync(
                    TokenOptions.DefaultPhoneProvider,
                    pin.Digits,
                    isPersistent,
                    rememberBrowser
                )
        );
        var submission = pending.Submission;
        return Explain(
            result,
            submission,
            isRefused: submission is { Status: not PinSubmissionStatus.Verified }
        );
    }

    /// <summary>The code step with the authenticator app, through Identity's two-factor sign-in and the provider <c>Authenticator</c>.</summary>
    /// <inheritdoc cref="SubmitPinAsync"/>
    public async Task<CodeStepResult<AppSubmission>> SubmitAppCodeAsync(
        PinCode code,
        bool isPersistent,
        bool rememberBrowser
    )
    {
        if (await pendingSignIns.FindAsync() is null)
        {
            return new CodeStepResult<AppSubmission>(CodeStepStatus.Lost);
        }

        pending.BeginSubmit(code);
        var result = await FinishAsync(
            Factor.App,
            () =>
                TwoFactorSignInAsync(
                    TokenOptions.DefaultAuthenticatorProvider,
                    code.Digits,
                    isPersistent,
                    rememberBrowser
                )
        );
        var submission = pending.AppSubmission;
        return Explain(
            result,
            submission,
            isRefused: submission is { Status: not AppSubmissionStatus.Verified }
        );
    }

    /// <summary>The code step without phone and app: tries a recovery code of the account that waits for its code.</summary>
    public async Task<CodeStepResult<RecoverySubmission>> SubmitRecoveryCodeAsync(string code)
    {
        if (await pendingSignIns.FindAsync() is null)
        {
            return new CodeStepResult<RecoverySubmission>(CodeStepStatus.Lost);
        }

        var result = await FinishAsync(
            Factor.RecoveryCode,
            () => base.TwoFactorRecoveryCodeSignInAsync(code)
        );
        var submission = pending.RecoverySubmission;
        return submission is { Status: RecoverySubmissionStatus.Locked }
            ? new CodeStepResult<RecoverySubmission>(CodeStepStatus.LockedOut)
            : Explain(
                result,
                submission,
                isRefused: submission is { Status: not RecoverySubmissionStatus.Verified }
            );
    }

    /// <summary>As <see cref="SubmitRecoveryCodeAsync"/>, by Identity's name: there is no way around the counting.</summary>
    public override async Task<SignInResult> TwoFactorRecoveryCodeSignInAsync(
        string recoveryCode
    ) => ToIdentity((await SubmitRecoveryCodeAsync(recoveryCode)).Status);

    /// <summary>As <see cref="SubmitAppCodeAsync"/>, by Identity's name: there is no way around the counting.</summary>
    public override async Task<SignInResult> TwoFactorAuthenticatorSignInAsync(
        string code,
        bool isPersistent,
        bool rememberClient
    ) =>
        PinCode.Parse(code, AppKey.Digits).Pin is { } typed
            ? ToIdentity((await SubmitAppCodeAsync(typed, isPersistent, rememberClient)).Status)
            : SignInResult.Failed;

    /// <summary>Whether this browser is remembered for the account; asked of the database at every sign-in (F10).</summary>
    public override async Task<bool> IsTwoFactorClientRememberedAsync(ApplicationUser user)
    {
        // Identity asks several times in one sign-in, and must be told the same each time.
        if (rememberedBrowserOf != user.Id)
        {
            (rememberedBrowserOf, rememberedBrowser) = (user.Id, await remembered.FindAsync(user));
        }

        return rememberedBrowser is not null;
    }

    public override Task RememberTwoFactorClientAsync(ApplicationUser user) =>
        remembered.RememberAsync(user);

    public override Task ForgetTwoFactorClientAsync() => remembered.ForgetThisAsync();

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
    /// <param name="given">What was given just now; null if nothing was.</param>
    /// <param name="isStepUp">It was given to confirm a change, which is written into the history.</param>
    /// <returns>
    /// False if the session was ended or renewed by another request meanwhile: it must not come back, and the cookie that
    /// the other request answered with must not be touched.
    /// </returns>
    public async Task<bool> RenewSessionAsync(
        ApplicationUser user,
        Factor? given = null,
        bool isStepUp = false
    )
    {
        if (current.Row is not { } row)
        {
            return false;
        }

        var now = time.GetUtcNow();
        var isFactor = given is not null and not Factor.Password;
        renewal = new SessionProofs(
            isStepUp ? given : null,
            row.MultiFactor || isFactor,
            given == Factor.Password ? now : row.PasswordUtc,
            isFactor ? now : row.FactorUtc
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
            audit.Record(AuditKind.SignedOut, userId);
        }
    }

    private async Task<(string? Key, SessionProofs Proofs)> OpenSessionAsync(ApplicationUser user)
    {
        device.Know(user);
        if (newSession is null && current.Row is { } row && row.UserId == user.Id)
        {
            var carried = renewal ?? SessionProofs.Of(row);
            var renewed = await sessions.RenewAsync(row, carried);
            isRenewed = renewed is not null;
            return (renewed, carried);
        }

        var proofs = newSession ?? SessionProofs.OfPassword;
        return (await sessions.StartAsync(user.Id, proofs, current.Row), proofs);
    }

    private async Task<SignInResult> FinishAsync(Factor factor, Func<Task<SignInResult>> signIn)
    {
        newSession = SessionProofs.OfFactor(factor, time.GetUtcNow());
        try
        {
            return await signIn();
        }
        finally
        {
            newSession = null;
        }
    }

    private static CodeStepResult<TSubmission> Explain<TSubmission>(
        SignInResult result,
        TSubmission? submission,
        bool isRefused
    )
        where TSubmission : class =>
        new(
            result switch
            {
                { Succeeded: true } => CodeStepStatus.SignedIn,
                { IsLockedOut: true } => CodeStepStatus.LockedOut,
                _ when isRefused => CodeStepStatus.Refused,
                _ => CodeStepStatus.Lost,
            },
            submission
        );

    private static SignInResult ToIdentity(PasswordVerdict verdict) =>
        verdict.Status switch
        {
            PasswordVerdictStatus.Right => SignInResult.Success,
            PasswordVerdictStatus.Wrong or PasswordVerdictStatus.TooManyFromHere =>
                SignInResult.Failed,
            PasswordVerdictStatus.WrongAndLocked or PasswordVerdictStatus.Locked =>
                SignInResult.LockedOut,
        };

    private static SignInResult ToIdentity(CodeStepStatus status) =>
        status switch
        {
            CodeStepStatus.SignedIn => SignInResult.Success,
            CodeStepStatus.LockedOut => SignInResult.LockedOut,
            CodeStepStatus.Refused or CodeStepStatus.Lost => SignInResult.Failed,
        };
}

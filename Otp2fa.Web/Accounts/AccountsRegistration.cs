using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Otp2fa.Web.Accounts.Mails;
using Otp2fa.Web.Accounts.Pending;
using Otp2fa.Web.Accounts.Sessions;
using Otp2fa.Web.Data;
using Otp2fa.Web.Mail;
using Otp2fa.Web.Settings;
using Otp2fa.Web.TwoFactor;

namespace Otp2fa.Web.Accounts;

internal static class AccountsRegistration
{
    public static IServiceCollection AddAccounts(this IServiceCollection services)
    {
        services
            .AddOptions<AccountsOptions>()
            .BindConfiguration(AccountsOptions.Section)
            .ValidateOnStart();
        services.AddSingleton<
            IValidateOptions<AccountsOptions>,
            AnnotatedSettings<AccountsOptions>
        >();
        services.AddSingleton<IValidateOptions<AccountsOptions>, AccountsOptionsValidator>();
        services
            .AddOptions<SupportOptions>()
            .BindConfiguration(SupportOptions.Section)
            .ValidateOnStart();
        services.AddSingleton<
            IValidateOptions<SupportOptions>,
            AnnotatedSettings<SupportOptions>
        >();
        services
            .AddOptions<CookieSettings>()
            .BindConfiguration(CookieSettings.Section)
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<CookieSettings>, CookieSettingsValidator>();

        services.AddIdentityServices();
        services.AddSchemes();

        services.AddScoped<CurrentSession>();
        services.AddScoped<SessionStore>();
        services.AddScoped<SignedInBrowsers>();
        services.AddScoped<RememberedBrowsers>();
        services.AddSingleton<IRequestOrigin, RequestOrigin>();
        services.AddSingleton<SessionFingerprint>();
        services.AddScoped<PendingSignIns>();
        services.AddScoped<StampedChange>();
        services.AddScoped<AccountChanges>();
        services.AddScoped<AccessChanges>();
        services.AddScoped<Notices>();
        services.AddScoped<INotices>(provider => provider.GetRequiredService<Notices>());
        services.AddScoped<IMailWriter, MailWriter>();
        services.AddScoped<LinkTokens>();
        services.AddSingleton<SiteLinks>();
        services.AddScoped<MailRequests>();
        services.AddScoped<PasswordReset>();
        services.AddScoped<LinkCookie>();
        services.AddScoped<EmailChange>();
        services.AddScoped<ForeignHands>();
        services.AddScoped<TwoFactorPolicy>();
        services.AddScoped<OwnPassword>();
        services.AddScoped<PersonalData>();
        services.AddScoped<SecurityEntries>();
        services.AddScoped<SessionCookieEvents>();
        services.AddScoped<PendingTickets>();
        services.AddScoped<PendingConfirmations>();
        services.AddSingleton<PasswordWork>();
        services.AddScoped<DeviceCookie>();
        services.AddScoped<PasswordAttempts>();
        services.AddScoped<PasswordCheck>();
        services.AddScoped<TwoFactorSettings>();
        services.AddScoped<RecoveryCodeHandover>();
        services.AddScoped<StepUp>();
        services.AddScoped<Registration>();
        services.AddHostedService<ExpiredRowsPurge>();
        services.AddHostedService<RequiredRoleNotice>();
        return services;
    }

    private static void AddIdentityServices(this IServiceCollection services)
    {
        services
            .AddIdentityCore<ApplicationUser>(options =>
            {
                options.Stores.SchemaVersion = IdentitySchema.Version;
                options.User.RequireUniqueEmail = true;
                // The user name is the mail address.
                options.User.AllowedUserNameCharacters = MailAddresses.AllowedCharacters;
                options.SignIn.RequireConfirmedAccount = true;
                options.Tokens.ChangePhoneNumberTokenProvider = "None";
            })
            .AddRoles<IdentityRole>()
            .AddEntityFrameworkStores<Otp2faDbContext>()
            .AddUserManager<Otp2faUserManager>()
            .AddSignInManager<Otp2faSignInManager>()
            // Not AddDefaultTokenProviders: its Phone and Email codes are a second path that nobody counts (F13).
            .AddTokenProvider<DataProtectorTokenProvider<ApplicationUser>>(
                TokenOptions.DefaultProvider
            )
            .AddTokenProvider<SmsTokenProvider>(TokenOptions.DefaultPhoneProvider)
            .AddTokenProvider<AppTokenProvider>(TokenOptions.DefaultAuthenticatorProvider);

        services.RemoveAll<ILookupNormalizer>();
        services.AddSingleton<ILookupNormalizer, TolerantLookupNormalizer>();
        services
            .AddOptions<PasswordHasherOptions>()
            .Configure<IOptions<AccountsOptions>>(
                (hasher, accounts) => hasher.IterationCount = accounts.Value.PasswordIterations
            );
        services.AddSingleton<IPasswordHasher<ApplicationUser>, PasswordHasher<ApplicationUser>>();
        // Instead of Identity's validator: rules of composition make passwords worse (NIST SP 800-63B-4 3.1.1).
        services.RemoveAll<IPasswordValidator<ApplicationUser>>();
        services.AddScoped<IPasswordValidator<ApplicationUser>, PasswordRules>();
    }

    private static void AddSchemes(this IServiceCollection services)
    {
        services
            .AddAuthentication(IdentityConstants.ApplicationScheme)
            .AddCookie(IdentityConstants.ApplicationScheme)
            .AddCookie(AccountSchemes.PendingSignIn)
            .AddCookie(AccountSchemes.PendingNumber);
        services
            .AddOptions<CookieAuthenticationOptions>(IdentityConstants.ApplicationScheme)
            .Configure<IOptions<CookieSettings>, IOptions<AccountsOptions>>(
                (options, cookies, accounts) =>
                {
                    // Lax, so that a link in a mail finds the person signed in.
                    cookies.Value.Apply(options.Cookie, CookieNames.Session, SameSiteMode.Lax);
                    options.ExpireTimeSpan = accounts.Value.SessionLifetime;
                    options.SlidingExpiration = false;
                    options.LoginPath = "/Identity/Account/Login";
                    options.LogoutPath = "/Identity/Account/Logout";
                    options.AccessDeniedPath = "/Identity/Account/AccessDenied";
                    options.ReturnUrlParameter = "ReturnUrl";
                    options.EventsType = typeof(SessionCookieEvents);
                }
            );
        services.AddPendingScheme(AccountSchemes.PendingSignIn, CookieNames.PendingSignIn);
        services.AddPendingScheme(AccountSchemes.PendingNumber, CookieNames.PendingNumber);
        services.AddAuthorization();
        services.AddHttpContextAccessor();
    }

    private static void AddPendingScheme(
        this IServiceCollection services,
        string scheme,
        string cookieName
    ) =>
        services.AddSingleton<IConfigureOptions<CookieAuthenticationOptions>>(
            provider => new PendingCookies(
                scheme,
                cookieName,
                provider.GetRequiredService<IDataProtectionProvider>(),
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<IOptions<TwoFactorOptions>>(),
                provider.GetRequiredService<IOptions<CookieSettings>>(),
                provider.GetRequiredService<ILogger<PendingTicketStore>>()
            )
        );
}

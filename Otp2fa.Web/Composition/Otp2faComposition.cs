using Microsoft.Extensions.Options;
using Otp2fa.Web.Accounts;
using Otp2fa.Web.Data;
using Otp2fa.Web.Infobip;
using Otp2fa.Web.Limits;
using Otp2fa.Web.Mail;
using Otp2fa.Web.Operations.Health;
using Otp2fa.Web.Operations.Setup;
using Otp2fa.Web.TwoFactor;
using Serilog;

namespace Otp2fa.Web.Composition;

/// <summary>The whole site in two lists: what it is made of, and the order in which a request passes through it.</summary>
internal static class Otp2faComposition
{
    public static WebApplicationBuilder AddOtp2fa(this WebApplicationBuilder builder)
    {
        builder.ReadDevelopmentSettingsBesideProgram();
        builder.ReadMountedSecrets();
        builder.ReadKnownEnvironmentNames();
        // No static logger: several hosts can live in one process, each with its own sinks.
        builder.Services.AddSerilog(
            (services, logging) =>
                logging
                    .ReadFrom.Configuration(builder.Configuration)
                    .ReadFrom.Services(services)
                    // What stops the start is told in a sentence, and not in a stack trace before it.
                    .Filter.ByExcluding(StartupFailures.IsExplained)
                    .Enrich.FromLogContext()
                    .Enrich.With<HiddenLinkCodes>(),
            preserveStaticLogger: true
        );

        // First of the hosted services: what the others need at their start must be there.
        builder.Services.AddData(builder.Configuration, builder.Environment);
        builder.Services.AddLimits();
        builder.Services.AddTwoFactor();
        builder.Services.AddInfobip();
        builder.Services.AddMail();
        builder.Services.AddAccounts();
        builder.Services.AddSitePages(builder.Environment);
        builder.Services.AddForwarding();
        builder.Services.AddRequestLimits();
        AuditLog.Add(builder.Services);
        builder.Services.AddSetup();
        builder.Services.AddHealth();
        builder.AddInfobipOrSimulator();
        return builder;
    }

    public static WebApplication UseOtp2fa(this WebApplication app)
    {
        // Mapping the pages reads settings: all are checked before, so that one wrong one does not hide the others.
        app.Services.GetRequiredService<IStartupValidator>().Validate();
        // Before everything that asks for the scheme or the client's address.
        app.UseForwardedHeaders();
        // Before whatever may answer, so that every answer carries them.
        app.UseSecurityHeaders(
            app.Environment.IsDevelopment()
                ? SecurityHeaders.Policy
                : SecurityHeaders.PolicyWithHttpsAlone
        );
        app.UseMiddleware<HttpsOnly>();
        // In every environment: the developer's page would show cookies and headers.
        // With services of its own: those of the failed request may hold what failed.
        app.UseExceptionHandler("/Error", createScopeForErrors: true);
        app.UseStatusCodePagesWithReExecute("/Error", "?status={0}");
        // Behind the error pages, so that the refusal is one; before anything reads a form.
        app.UseMiddleware<CrossSiteForms>();
        app.UseMiddleware<UrlEncodedForms>();
        // Stylesheet and script answer in here, before a session is looked up.
        app.UseRouting();
        app.UseAuthentication();
        // Knows the session by now.
        app.UseRateLimiter();
        app.UseAuthorization();
        // Knows the session by now, and stands before everything that a person could do.
        app.UseMiddleware<EnrolmentGate>();
        app.MapHealth();
        app.MapOldAddresses();
        app.MapStaticAssets().ShortCircuit();
        app.MapRazorPages().WithStaticAssets();
        StepUpFilter.ThrowIfUnheeded(app);
        return app;
    }
}

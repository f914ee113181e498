#if DEBUG
using Microsoft.Extensions.Options;
using Otp2fa.InfobipSimulator;
using Otp2fa.Web.Infobip;
using Otp2fa.Web.Mail;
using Otp2fa.Web.TwoFactor;
#endif

namespace Otp2fa.Web.Composition;

/// <summary>
/// Which Infobip codes are asked of: the real one as soon as any of its settings is there; otherwise, in a Debug build
/// under Development, the simulator in this process. Everywhere else the missing settings stop the start.
/// </summary>
internal static class InfobipOrSimulator
{
    public static void AddInfobipOrSimulator(this WebApplicationBuilder builder)
    {
        string? phone = null;
#if DEBUG
        if (IsSimulatorWanted(builder))
        {
            phone = AddSimulator(builder);
        }
#endif
        builder.Services.AddSingleton(new FarEnd(phone));
        builder.Services.AddHostedService<StartNotice>();
    }

    /// <param name="WebPhone">Where messages can be read if the far end is the simulator; null if it is Infobip.</param>
    internal sealed record FarEnd(string? WebPhone);

#if DEBUG
    private const string SimulatorSection = "Simulator";

    private static bool IsSimulatorWanted(WebApplicationBuilder builder) =>
        builder.Environment.IsDevelopment()
        && builder.Configuration.GetValue<bool>($"{SimulatorSection}:InProcess")
        && !builder.Configuration.GetSection(InfobipOptions.Section).GetChildren().Any();

    /// <returns>The address of the web phone.</returns>
    private static string AddSimulator(WebApplicationBuilder builder)
    {
        var settings = builder.Configuration.GetSection(SimulatorSection);
        var port = settings.GetValue<int>("Port");
        if (port is < 1 or > ushort.MaxValue)
        {
            throw new OptionsValidationException(
                SimulatorSection,
                typeof(SimulatorOptions),
                [$"{SimulatorSection}:Port must be 1 to {ushort.MaxValue}."]
            );
        }

        var apiKey = settings["ApiKey"] ?? string.Empty;
        var applicationId = settings["ApplicationId"] ?? string.Empty;
        var messageId = settings["MessageId"] ?? string.Empty;
        // A template of the length the pages ask for; a wrong length is told by that option's own check.
        var pinLength = builder.Configuration.GetValue(
            $"{TwoFactorOptions.Section}:{nameof(TwoFactorOptions.PinLength)}",
            new TwoFactorOptions().PinLength
        );
        builder.Services.AddHostedService(_ => new InProcessSimulator(
            SimulatorOptions.Seeded(apiKey, applicationId, messageId, pinLength) with
            {
                Port = port,
                MailFolder = FindMailFolder(builder),
            }
        ));
        builder.Services.Configure<InfobipOptions>(infobip =>
        {
            infobip.BaseUrl = $"http://localhost:{port}";
            infobip.ApiKey = apiKey;
            infobip.ApplicationId = applicationId;
            infobip.MessageId = messageId;
        });
        return $"http://localhost:{port}/phone";
    }

    // Null if mails go to a server; wrong settings of mail are told by their own check.
    private static string? FindMailFolder(WebApplicationBuilder builder)
    {
        var mail = builder.Configuration.GetSection(MailOptions.Section).Get<MailOptions>();
        return mail is { GoesToFolder: true, PickupFolder: not null }
            ? PickupFolder.Locate(mail, builder.Environment)
            : null;
    }

    /// <summary>The simulator for as long as the site runs. It listens before the site answers its first request.</summary>
    private sealed class InProcessSimulator(SimulatorOptions options) : IHostedService
    {
        private SimulatorHost? host;

        public async Task StartAsync(CancellationToken cancellationToken) =>
            host = await SimulatorHost.StartAsync(options, TimeProvider.System, cancellationToken);

        public async Task StopAsync(CancellationToken cancellationToken)
        {
            if (host is not null)
            {
                await host.DisposeAsync();
            }
        }
    }
#endif
}

using Microsoft.Extensions.Options;

namespace Otp2fa.Web.Infobip;

/// <summary>
/// The set-up at Infobip, one method per call, with <see cref="InfobipOptions.ManagementKey"/> where there is one: these need
/// the scope <c>2fa:manage</c>, which the key of the running site should not have. Infobip allows 20 to 100 of them in ten
/// minutes.
/// </summary>
/// <param name="http">The factory's client, set up by <see cref="InfobipRegistration"/>.</param>
/// <param name="callers">Makes the calls.</param>
/// <param name="options">Ids.</param>
internal sealed class InfobipManagement(
    HttpClient http,
    InfobipCallers callers,
    IOptions<InfobipOptions> options
)
{
    private readonly InfobipCaller caller = callers.Over(http);

    /// <summary>Reads the application of the settings: its limits and lifetimes.</summary>
    public Task<InfobipReply> ReadApplicationAsync() =>
        caller.GetAsync("/2fa/2/applications/{appId}", caller.Request(ApplicationPath()));

    /// <summary>Reads the message template of the settings.</summary>
    public Task<InfobipReply> ReadTemplateAsync() =>
        caller.GetAsync(
            "/2fa/2/applications/{appId}/messages/{msgId}",
            caller.Request([
                .. ApplicationPath(),
                "messages",
                InfobipCaller.Escaped(options.Value.MessageId!),
            ])
        );

    private object[] ApplicationPath() =>
        ["2fa", "2", "applications", InfobipCaller.Escaped(options.Value.ApplicationId!)];
}

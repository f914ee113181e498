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
    private const string Applications = "/2fa/2/applications";
    private const string Templates = $"{Applications}/{{appId}}/messages";

    private readonly InfobipCaller caller = callers.Over(http);

    /// <summary>Reads the application of the settings: its limits and lifetimes.</summary>
    public Task<InfobipReply> ReadApplicationAsync(CancellationToken stop) =>
        caller.GetAsync($"{Applications}/{{appId}}", caller.Request(ApplicationPath()), stop);

    /// <summary>Reads the message template of the settings.</summary>
    public Task<InfobipReply> ReadTemplateAsync(CancellationToken stop) =>
        caller.GetAsync(
            $"{Templates}/{{msgId}}",
            caller.Request([
                .. ApplicationPath(),
                "messages",
                InfobipCaller.Escaped(options.Value.MessageId!),
            ]),
            stop
        );

    public Task<InfobipReply> ListApplicationsAsync(CancellationToken stop) =>
        caller.GetAsync(Applications, caller.Request("2fa", "2", "applications"), stop);

    public Task<InfobipReply> CreateApplicationAsync(byte[] json) =>
        caller.PostAsync(
            Applications,
            caller.Request("2fa", "2", "applications"),
            json,
            CancellationToken.None
        );

    public Task<InfobipReply> UpdateApplicationAsync(string id, byte[] json) =>
        caller.PutAsync($"{Applications}/{{appId}}", caller.Request(PathOf(id)), json);

    public Task<InfobipReply> ListTemplatesAsync(string applicationId, CancellationToken stop) =>
        caller.GetAsync(Templates, caller.Request([.. PathOf(applicationId), "messages"]), stop);

    public Task<InfobipReply> CreateTemplateAsync(string applicationId, byte[] json) =>
        caller.PostAsync(
            Templates,
            caller.Request([.. PathOf(applicationId), "messages"]),
            json,
            CancellationToken.None
        );

    public Task<InfobipReply> UpdateTemplateAsync(string applicationId, string id, byte[] json) =>
        caller.PutAsync(
            $"{Templates}/{{msgId}}",
            caller.Request([.. PathOf(applicationId), "messages", InfobipCaller.Escaped(id)]),
            json
        );

    private object[] ApplicationPath() => PathOf(options.Value.ApplicationId!);

    private static object[] PathOf(string applicationId) =>
        ["2fa", "2", "applications", InfobipCaller.Escaped(applicationId)];
}

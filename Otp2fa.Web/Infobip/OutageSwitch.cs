using Microsoft.Extensions.Primitives;

namespace Otp2fa.Web.Infobip;

/// <summary>
/// The operator's word that Infobip is not to be asked, <c>Outage:Declared</c>, as it stands in the settings right now.
/// What is neither true nor false changes nothing: a slip while editing a file must not switch codes on or off. Started with
/// the site, so that an outage declared before the start is in the log.
/// </summary>
internal sealed class OutageSwitch : IHostedService, IDisposable
{
    private readonly IConfiguration configuration;
    private readonly ILogger logger;
    private readonly IDisposable reloads;
    private volatile bool isOn;

    public OutageSwitch(IConfiguration configuration, ILogger<OutageSwitch> logger)
    {
        this.configuration = configuration;
        this.logger = logger;
        Read();
        reloads = ChangeToken.OnChange(configuration.GetReloadToken, Read);
    }

    public bool IsOn => isOn;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => reloads.Dispose();

    private void Read()
    {
        var text = configuration[$"{OutageOptions.Section}:{nameof(OutageOptions.Declared)}"];
        if (
            !bool.TryParse(string.IsNullOrEmpty(text) ? bool.FalseString : text, out var wanted)
            || wanted == isOn
        )
        {
            return;
        }

        isOn = wanted;
        if (wanted)
        {
            logger.OutageDeclared();
        }
        else
        {
            logger.OutageRevoked();
        }
    }
}

using Microsoft.Extensions.Options;

namespace Otp2fa.Web.Infobip;

/// <summary>The circuits of this instance. Apart, because a send can be broken while checks work, and the other way round.</summary>
internal sealed class InfobipCircuits(
    IOptions<OutageOptions> options,
    OutageSwitch outage,
    InfobipProbe probe,
    TimeProvider time,
    ILogger<InfobipCircuit> logger
) : IDisposable
{
    /// <summary>New codes and codes sent again, by message and by call.</summary>
    public InfobipCircuit Sends { get; } =
        new("sends", probe.TrySendAsync, options.Value, outage, time, logger);

    /// <summary>Typed codes.</summary>
    public InfobipCircuit Checks { get; } =
        new("checks", probe.TryCheckAsync, options.Value, outage, time, logger);

    public void Dispose()
    {
        Sends.Dispose();
        Checks.Dispose();
    }
}

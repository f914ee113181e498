using Microsoft.Extensions.Options;

namespace Otp2fa.Web.Infobip;

/// <summary>The circuits of this instance. Apart, because a send can be broken while checks work, and the other way round.</summary>
internal sealed class InfobipCircuits(
    IOptions<OutageOptions> options,
    OutageSwitch outage,
    TimeProvider time,
    ILogger<InfobipCircuit> logger
)
{
    /// <summary>New codes and codes sent again, by message and by call.</summary>
    public InfobipCircuit Sends { get; } = new("sends", options.Value, outage, time, logger);

    /// <summary>Typed codes.</summary>
    public InfobipCircuit Checks { get; } = new("checks", options.Value, outage, time, logger);
}

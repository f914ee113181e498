using Microsoft.Extensions.Options;

namespace Otp2fa.Web.Infobip;

/// <summary>Makes the caller of a client of the factory.</summary>
internal sealed class InfobipCallers(
    IOptions<InfobipOptions> options,
    TimeProvider time,
    InfobipTelemetry telemetry
)
{
    public InfobipCaller Over(HttpClient http) => new(http, options, time, telemetry);
}

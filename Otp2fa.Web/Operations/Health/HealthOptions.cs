using System.ComponentModel.DataAnnotations;

namespace Otp2fa.Web.Operations.Health;

/// <summary>Section <c>Health</c>: who is told more than one word by <c>/health/ready</c>.</summary>
public sealed class HealthOptions
{
    public const string Section = "Health";

    /// <summary>
    /// A port of this site (named in its addresses too, and not open to the world) on which details are told to everybody.
    /// Default none: details are told on loopback only.
    /// </summary>
    [Range(1, 65535, ErrorMessage = "Health:DetailsPort must be 1 to 65535.")]
    public int? DetailsPort { get; set; }
}

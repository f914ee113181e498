using System.ComponentModel.DataAnnotations;

namespace Otp2fa.Web.Infobip;

/// <summary>
/// Section <c>Outage</c>: when the site stops asking Infobip for a while, so that people are told at once instead of
/// waiting. Sends and checks are watched apart. Read at start, but for <see cref="Declared"/>.
/// </summary>
public sealed class OutageOptions
{
    public const string Section = "Outage";

    /// <summary>
    /// The operator's switch: true, and Infobip is not asked at all. Followed while the site runs, from any source of
    /// settings that reloads, such as <c>appsettings.json</c>. Default false.
    /// </summary>
    public bool Declared { get; set; }

    /// <summary>The share of calls in <see cref="Window"/> that must fail or be slow; 0.05 to 1. Default 0.5.</summary>
    [Range(0.05, 1.0, ErrorMessage = "Outage:FailureRatio must be 0.05 to 1.")]
    public double FailureRatio { get; set; } = 0.5;

    /// <summary>Fewer calls than these in <see cref="Window"/> decide nothing; 2 to 1000. Default 8.</summary>
    [Range(2, 1000, ErrorMessage = "Outage:MinimumCalls must be 2 to 1000.")]
    public int MinimumCalls { get; set; } = 8;

    /// <summary>How far back calls count; 1 second to 10 minutes. Default 30 seconds.</summary>
    [Range(
        typeof(TimeSpan),
        "00:00:01",
        "00:10:00",
        ErrorMessage = "Outage:Window must be 1 second to 10 minutes (00:00:30)."
    )]
    public TimeSpan Window { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long nothing is asked before the site tries by itself; 1 second to 10 minutes. Default 30 seconds.</summary>
    [Range(
        typeof(TimeSpan),
        "00:00:01",
        "00:10:00",
        ErrorMessage = "Outage:Pause must be 1 second to 10 minutes (00:00:30)."
    )]
    public TimeSpan Pause { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// A call of this length counts as failed, whatever it answered; 0.1 to 30 seconds. Default 4. Above
    /// <c>Infobip:Timeout</c> only failures count.
    /// </summary>
    [Range(
        typeof(TimeSpan),
        "00:00:00.1",
        "00:00:30",
        ErrorMessage = "Outage:SlowCall must be 0.1 to 30 seconds (00:00:04)."
    )]
    public TimeSpan SlowCall { get; set; } = TimeSpan.FromSeconds(4);

    /// <summary>
    /// Calls of one kind under way at once, per instance; one more waits. Keeps a dead Infobip from holding every request of
    /// the site; 1 to 1000. Default 20.
    /// </summary>
    [Range(1, 1000, ErrorMessage = "Outage:MaxConcurrentCalls must be 1 to 1000.")]
    public int MaxConcurrentCalls { get; set; } = 20;

    /// <summary>Calls of one kind that may wait for their turn, per instance; 0 to 1000. Default 40.</summary>
    [Range(0, 1000, ErrorMessage = "Outage:MaxWaitingCalls must be 0 to 1000.")]
    public int MaxWaitingCalls { get; set; } = 40;

    /// <summary>
    /// How long a call waits for its turn before the person is told to try again; 0.01 to 10 seconds. Default 1 second.
    /// </summary>
    [Range(
        typeof(TimeSpan),
        "00:00:00.01",
        "00:00:10",
        ErrorMessage = "Outage:LongestWait must be 0.01 to 10 seconds (00:00:01)."
    )]
    public TimeSpan LongestWait { get; set; } = TimeSpan.FromSeconds(1);
}

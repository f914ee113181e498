namespace Otp2fa.Web.Infobip;

/// <summary>Section <c>Infobip</c>. Read once at start; a change needs a restart.</summary>
public sealed class InfobipOptions
{
    public const string Section = "Infobip";

    /// <summary>
    /// The hosts that may be spoken to while <see cref="AllowedHosts"/> is empty. Infobip gives every account a host of
    /// its own under <c>api.infobip.com</c>.
    /// </summary>
    public static readonly IReadOnlyList<string> DefaultAllowedHosts =
    [
        "api.infobip.com",
        "*.api.infobip.com",
    ];

    /// <summary>
    /// Scheme and host of the account, from Infobip's portal: <c>https://xxxxx.api.infobip.com</c>. No path, query or
    /// user info. http only towards this machine and never in Production.
    /// </summary>
    public string? BaseUrl { get; set; }

    /// <summary>
    /// The key alone, without the word App. Comes from the environment or user secrets. The scope <c>2fa:pin:send</c>
    /// is all it needs.
    /// </summary>
    public string? ApiKey { get; set; }

    /// <summary>
    /// A second key, with the scope <c>2fa:manage</c>, for the commands <c>infobip doctor</c> and <c>infobip provision</c> and for the
    /// check at the start. Without it
    /// <see cref="ApiKey"/> is tried, which should not be able to. Comes from the environment or user secrets.
    /// </summary>
    public string? ManagementKey { get; set; }

    /// <summary>
    /// Whether the set-up at Infobip is checked once in the background after the start. Default: in Production, if there is a
    /// <see cref="ManagementKey"/>.
    /// </summary>
    public bool? CheckAtStart { get; set; }

    /// <summary>The 2FA application that limits and lifetimes belong to; 1 to 200 characters.</summary>
    public string? ApplicationId { get; set; }

    /// <summary>The message template; its PIN length must be that of <c>TwoFactor:PinLength</c>. 1 to 200 characters.</summary>
    public string? MessageId { get; set; }

    /// <summary>Sender shown on the phone, up to 200 characters. Empty: the template's own.</summary>
    public string? From { get; set; }

    /// <summary>
    /// Lets Infobip look the number up before it sends (<c>ncNeeded</c>), so that an unreachable number is told at once.
    /// Default true, as Infobip's.
    /// </summary>
    public bool NumberLookup { get; set; } = true;

    /// <summary>For opening a connection, within <see cref="Timeout"/>; 0.1 to 10 seconds. Default 3.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>For a whole call, to the last byte of the answer; 0.1 to 30 seconds. Default 5.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Longest answer that is read; 1 KiB to 1 MiB. Default 64 KiB.</summary>
    public int MaxResponseBytes { get; set; } = 64 * 1024;

    /// <summary>
    /// Hosts <see cref="BaseUrl"/> may name. <c>*.example.org</c> stands for one or more whole labels before
    /// <c>.example.org</c>, not for <c>example.org</c> itself. Empty: <see cref="DefaultAllowedHosts"/>; otherwise this
    /// list alone counts.
    /// </summary>
    public List<string> AllowedHosts { get; } = [];

    /// <summary>The sender to name in a request, or null for the template's.</summary>
    internal string? Sender => string.IsNullOrWhiteSpace(From) ? null : From;

    /// <summary>Without the secrets: of the key only whether there is one.</summary>
    public override string ToString() =>
        $"Infobip at {Host()}, key {Presence(ApiKey)}, application {Presence(ApplicationId)}, template {Presence(MessageId)}";

    // Not the text itself: a mistyped address may hold user info.
    private string Host() =>
        Uri.TryCreate(BaseUrl, UriKind.Absolute, out var address) ? address.Authority : "(no host)";

    private static string Presence(string? value) =>
        string.IsNullOrWhiteSpace(value) ? "missing" : "set";
}

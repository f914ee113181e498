using Otp2fa.InfobipSimulator.Api;
using Otp2fa.InfobipSimulator.Assumptions;
using Otp2fa.InfobipSimulator.Pins;

namespace Otp2fa.InfobipSimulator;

/// <summary>What a simulator starts with. Without applications it knows nothing and refuses every send.</summary>
public sealed record SimulatorOptions
{
    /// <summary>The loopback port to listen on; 0 takes any free one (on 127.0.0.1 only).</summary>
    public int Port { get; init; }

    /// <summary>The key callers must send as <c>Authorization: App {key}</c>.</summary>
    public required string ApiKey { get; init; }

    /// <summary>Keys that may do less than the main one.</summary>
    public IReadOnlyList<SimulatorKey> AdditionalKeys { get; init; } = [];

    public IReadOnlyList<PinApplication> Applications { get; init; } = [];

    /// <summary>
    /// Where another program leaves its mail, one <c>*.eml</c> file each under a name that begins with a sortable time:
    /// the web phone shows the newest fifty beside the messages. The folder need not be there yet. Null: no mail is shown.
    /// </summary>
    public string? MailFolder { get; init; }

    /// <summary>What the simulator does where Infobip is silent; it can be changed while it runs.</summary>
    public SimulatorAssumptions Assumptions { get; init; } = new();

    /// <summary>The assumption of the same name; when both are given, the later one holds.</summary>
    public VerifyErrorStyle VerifyErrorStyle
    {
        get => Assumptions.VerifyErrorStyle;
        init => Assumptions = Assumptions with { VerifyErrorStyle = value };
    }

    /// <summary>The assumption of the same name; when both are given, the later one holds.</summary>
    public ErrorEnvelope ErrorEnvelope
    {
        get => Assumptions.ErrorEnvelope;
        init => Assumptions = Assumptions with { ErrorEnvelope = value };
    }

    /// <summary>
    /// Whether a request over a limit is told in <c>Retry-After</c> how many seconds to wait. Off: no Infobip
    /// description of 2FA mentions the header.
    /// </summary>
    public bool TellRetryAfter
    {
        get => Assumptions.RetryAfter != RetryAfterStyle.None;
        init =>
            Assumptions = Assumptions with
            {
                RetryAfter = value ? RetryAfterStyle.Seconds : RetryAfterStyle.None,
            };
    }

    /// <summary>
    /// The development values: one application with one template, five attempts, a life of five minutes, single
    /// verification, and limits loose enough to work by hand (five verifications in 5 s, twelve PINs a day per number).
    /// </summary>
    public static SimulatorOptions Seeded(
        string apiKey,
        string applicationId,
        string messageId,
        int pinLength = 6
    ) =>
        new()
        {
            ApiKey = apiKey,
            Applications =
            [
                new PinApplication
                {
                    ApplicationId = applicationId,
                    Name = "Otp2fa",
                    Configuration = new PinConfiguration
                    {
                        PinAttempts = 5,
                        AllowMultiplePinVerifications = false,
                        PinTimeToLive = PinDuration.Parse("5m"),
                        VerifyPinLimit = RateLimit.Parse("5/5s"),
                        SendPinPerPhoneNumberLimit = RateLimit.Parse("12/1d"),
                        SendPinPerApplicationLimit = RateLimit.Parse("10000/1d"),
                    },
                    Templates =
                    [
                        new PinTemplate
                        {
                            MessageId = messageId,
                            MessageText =
                                "{{pin}} is your Otp2fa security code. Never share it with anyone.",
                            PinType = PinType.Numeric,
                            PinLength = pinLength,
                            SenderId = "Otp2fa",
                        },
                    ],
                },
            ],
        };

    /// <summary>Without the key: options end up in logs and test output.</summary>
    public override string ToString() =>
        $"Simulator on port {Port} with {Applications.Count} application(s)";
}

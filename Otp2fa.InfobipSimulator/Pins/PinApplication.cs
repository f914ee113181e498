namespace Otp2fa.InfobipSimulator.Pins;

/// <summary>A 2FA application as Infobip keeps it, with the message templates that belong to it.</summary>
public sealed record PinApplication
{
    public required string ApplicationId { get; init; }

    public string Name { get; init; } = "Simulated application";

    /// <summary>A disabled application refuses to send.</summary>
    public bool Enabled { get; init; } = true;

    public PinConfiguration Configuration { get; init; } = new();

    public IReadOnlyList<PinTemplate> Templates { get; init; } = [];

    internal PinApplication WithTemplate(PinTemplate changed) =>
        this with
        {
            Templates =
            [
                .. Templates.Select(template =>
                    string.Equals(template.MessageId, changed.MessageId, StringComparison.Ordinal)
                        ? changed
                        : template
                ),
            ],
        };

    internal PinTemplate? FindTemplate(string messageId) =>
        Templates.FirstOrDefault(template =>
            string.Equals(template.MessageId, messageId, StringComparison.Ordinal)
        );
}

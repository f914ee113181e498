namespace Otp2fa.InfobipSimulator.Pins;

/// <summary>What Indian operators ask to be registered; kept and answered, without effect on the phone.</summary>
public sealed record IndiaDlt
{
    public required string PrincipalEntityId { get; init; }

    public string? ContentTemplateId { get; init; }

    public string? TeleMarketerId { get; init; }

    /// <summary>What Infobip's limits forbid, by wire name of the field.</summary>
    internal IEnumerable<KeyValuePair<string, string[]>> Violations()
    {
        if (PrincipalEntityId.Length is 0 or > 30)
        {
            yield return new("regional.indiaDlt.principalEntityId", ["size must be 1 to 30"]);
        }

        if (ContentTemplateId?.Length > 30)
        {
            yield return new("regional.indiaDlt.contentTemplateId", ["size must be at most 30"]);
        }

        if (TeleMarketerId?.Length > 255)
        {
            yield return new("regional.indiaDlt.teleMarketerId", ["size must be at most 255"]);
        }
    }
}

namespace Otp2fa.InfobipSimulator.Pins;

/// <summary>Every PIN this simulator has generated.</summary>
public sealed class PinStore
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, IssuedPin> pins = new(StringComparer.Ordinal);
    private readonly Dictionary<(string ApplicationId, string Number), List<IssuedPin>> ofNumbers =
    [];

    internal PinStore() { }

    public int Count
    {
        get
        {
            lock (gate)
            {
                return pins.Count;
            }
        }
    }

    public IssuedPin? Find(string pinId)
    {
        lock (gate)
        {
            return pins.GetValueOrDefault(pinId);
        }
    }

    /// <summary>The PINs an application has generated for a number, in that order.</summary>
    internal IReadOnlyList<IssuedPin> Of(string applicationId, string number)
    {
        lock (gate)
        {
            return [.. ofNumbers.GetValueOrDefault((applicationId, number), [])];
        }
    }

    /// <param name="application">Whose rules the PIN keeps.</param>
    /// <param name="template">The shape of the PIN.</param>
    /// <param name="number">Digits without a plus sign.</param>
    /// <param name="sender">Replaces the template's, if it is there.</param>
    /// <param name="sentAt">When its life begins.</param>
    /// <param name="olderStayValid">Off, the earlier PINs of the number end as this one begins.</param>
    internal IssuedPin Issue(
        PinApplication application,
        PinTemplate template,
        string number,
        string? sender,
        DateTimeOffset sentAt,
        bool olderStayValid
    )
    {
        var pin = new IssuedPin(
            PinGenerator.NewId(),
            PinGenerator.NewPin(template.PinType, template.PinLength),
            number,
            application,
            template,
            sender,
            sentAt
        );
        lock (gate)
        {
            var key = (application.ApplicationId, number);
            if (!ofNumbers.TryGetValue(key, out var siblings))
            {
                ofNumbers[key] = siblings = [];
            }

            if (!olderStayValid)
            {
                siblings.ForEach(older => older.Expire(sentAt));
            }

            siblings.Add(pin);
            pins[pin.PinId] = pin;
        }

        return pin;
    }
}

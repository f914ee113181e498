using System.Collections.Concurrent;

namespace Otp2fa.InfobipSimulator.Pins;

/// <summary>Every PIN this simulator has generated. An older PIN of a number stays valid until it expires.</summary>
public sealed class PinStore
{
    private readonly ConcurrentDictionary<string, IssuedPin> pins = new(StringComparer.Ordinal);

    internal PinStore() { }

    public int Count => pins.Count;

    public IssuedPin? Find(string pinId) => pins.GetValueOrDefault(pinId);

    internal IssuedPin Issue(
        PinApplication application,
        PinTemplate template,
        string number,
        DateTimeOffset sentAt
    )
    {
        var pin = new IssuedPin(
            PinGenerator.NewId(),
            PinGenerator.NewPin(template.PinType, template.PinLength),
            number,
            application.ApplicationId,
            application.Configuration,
            sentAt
        );
        pins[pin.PinId] = pin;
        return pin;
    }
}

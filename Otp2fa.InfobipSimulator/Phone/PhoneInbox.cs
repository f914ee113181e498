using Otp2fa.InfobipSimulator.Pins;

namespace Otp2fa.InfobipSimulator.Phone;

/// <summary>All messages and calls of all numbers: what the web phone shows.</summary>
public sealed class PhoneInbox
{
    private readonly Lock gate = new();
    private readonly List<PhoneMessage> messages = [];

    internal PhoneInbox() { }

    /// <summary>Numbers that have received a message or a call, the one with the newest first.</summary>
    public IReadOnlyList<string> Numbers =>
        [.. Messages().Select(message => message.Number).Distinct(StringComparer.Ordinal)];

    /// <summary>Newest first; of one number (a leading plus sign is ignored) or, without one, of all.</summary>
    public IReadOnlyList<PhoneMessage> Messages(string? number = null)
    {
        var digits =
            number is not null && PhoneNumber.TryNormalise(number.Trim(), out var normal)
                ? normal
                : number;
        lock (gate)
        {
            return
            [
                .. messages
                    .Where(message =>
                        digits is null
                        || string.Equals(message.Number, digits, StringComparison.Ordinal)
                    )
                    .Reverse(),
            ];
        }
    }

    /// <summary>The PIN of the newest message or call of a number, or null when it has none.</summary>
    public string? LatestPin(string number) =>
        Messages(number) is [var newest, ..] ? newest.Pin : null;

    public void Clear()
    {
        lock (gate)
        {
            messages.Clear();
        }
    }

    internal void Receive(PhoneMessage message)
    {
        lock (gate)
        {
            messages.Add(message);
        }
    }
}

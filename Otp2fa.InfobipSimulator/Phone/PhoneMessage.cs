namespace Otp2fa.InfobipSimulator.Phone;

/// <summary>A message or a call that has arrived at a number.</summary>
/// <param name="Number">Digits with country code, without a plus sign.</param>
/// <param name="Sender">Null when neither the template nor the request named one.</param>
/// <param name="Text">What the person reads, or hears: in a call the PIN is said one character at a time.</param>
/// <param name="Pin">The PIN inside the text, for tests that must not depend on its wording.</param>
/// <param name="SentAt">On the simulator's clock.</param>
public sealed record PhoneMessage(
    string Number,
    string? Sender,
    string Text,
    string? Pin,
    DateTimeOffset SentAt
)
{
    public PhoneMessageKind Kind { get; init; } = PhoneMessageKind.Sms;
}

namespace Otp2fa.Web.TwoFactor;

/// <summary>
/// A phone number that was parsed and accepted once: every spelling of one number is the same value. Made by
/// <see cref="PhoneNumberParser"/>; it prints masked, so that a log line or an exception cannot give it away.
/// </summary>
public sealed record PhoneNumber
{
    private PhoneNumber(string e164) => E164 = e164;

    /// <summary>E.164 with the plus sign, as the user row keeps it: <c>+447700900123</c>.</summary>
    public string E164 { get; }

    /// <summary>E.164 without the plus sign, as Infobip wants it: <c>447700900123</c>.</summary>
    public string Digits => E164[1..];

    /// <summary>The last two digits: what pages and logs may show of a number.</summary>
    public string LastDigits => E164[^2..];

    /// <summary>Reads back what an account row holds.</summary>
    /// <returns>Null if the text is not plus and 7 to 15 digits: nothing can be sent to it.</returns>
    public static PhoneNumber? FromStored(string? e164) =>
        e164 is ['+', not '0', ..]
        && e164.Length is >= 8 and <= 16
        && e164.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0
            ? new PhoneNumber(e164)
            : null;

    public override string ToString() => $"number ending {LastDigits}";
}

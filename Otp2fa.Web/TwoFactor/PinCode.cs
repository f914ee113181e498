namespace Otp2fa.Web.TwoFactor;

/// <summary>
/// A typed code in the one form that may be sent on: exactly the configured number of ASCII digits. Never prints itself.
/// </summary>
public sealed class PinCode
{
    private PinCode(string digits) => Digits = digits;

    public string Digits { get; }

    /// <summary>
    /// Takes the code as people type or paste it: spaces, hyphens and dashes anywhere are ignored, anything else but
    /// the digits 0 to 9 is not (digits of other scripts neither: Infobip sends none).
    /// </summary>
    /// <param name="text">What was typed.</param>
    /// <param name="length">How many digits a code has.</param>
    public static PinParse Parse(string? text, int length)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return new PinParse(null, PinRefusal.Empty);
        }

        Span<char> digits = stackalloc char[length];
        var count = 0;
        foreach (var c in text)
        {
            if (char.IsAsciiDigit(c))
            {
                if (count == length)
                {
                    return new PinParse(null, PinRefusal.NotTheFormat);
                }

                digits[count++] = c;
            }
            else if (
                !char.IsWhiteSpace(c)
                && char.GetUnicodeCategory(c)
                    != System.Globalization.UnicodeCategory.DashPunctuation
            )
            {
                return new PinParse(null, PinRefusal.NotTheFormat);
            }
        }

        return count == length
            ? new PinParse(new PinCode(new string(digits)), null)
            : new PinParse(null, PinRefusal.NotTheFormat);
    }

    public override string ToString() => "PIN";
}

/// <summary>Why a text is not a code.</summary>
public enum PinRefusal
{
    Empty,
    NotTheFormat,
}

/// <summary>Either the code or the reason it was refused; exactly one is set.</summary>
public readonly record struct PinParse(PinCode? Pin, PinRefusal? Refusal);

using FsCheck;
using FsCheck.Xunit;

namespace Otp2fa.Web.Tests.Units.TwoFactor;

/// <summary>Limits count by what the parser makes of a number, so every spelling of one must come to the same.</summary>
[Trait("Covers", "R30")]
[Trait("Covers", "T24")]
public sealed class NumberSpellingProperties
{
    private static readonly string[] Between =
    [
        " ",
        "-",
        ".",
        "(",
        ")",
        "/",
        "\u00a0",
        "\u2011",
        "",
        "",
        "",
    ];
    private static readonly string[] Prefixes = ["+44", "0044", "0", "+44 (0)", "\uff0b44"];

    [Property(MaxTest = 500)]
    public void However_a_number_is_spelled_it_comes_to_the_same_digits(
        NonNegativeInt subscriber,
        NonNegativeInt prefix,
        NonNegativeInt[] separators
    )
    {
        var national = $"7400{subscriber.Get % 1_000_000:000000}";
        var text = Prefixes[prefix.Get % Prefixes.Length];
        for (var i = 0; i < national.Length; i++)
        {
            text +=
                separators.Length == 0
                    ? ""
                    : Between[separators[i % separators.Length].Get % Between.Length];
            // As a keyboard of another script types it.
            text += separators.Length % 2 == 0 ? national[i] : (char)(national[i] - '0' + 0x0660);
        }

        var parsed = PhoneParsers.With("GB").Parse(text);

        Assert.Equal($"+44{national}", parsed.Number?.E164);
    }
}

using Otp2fa.Web.Operations.Setup;

namespace Otp2fa.Web.Tests.Units.Operations;

public sealed class GsmTextTests
{
    [Theory]
    [InlineData('a', 160, 1)]
    [InlineData('a', 161, 2)]
    [InlineData('a', 306, 2)]
    [InlineData('a', 307, 3)]
    [InlineData('€', 80, 1)]
    [InlineData('€', 81, 2)]
    [InlineData('ç', 70, 1)]
    [InlineData('ç', 71, 2)]
    [InlineData('ç', 134, 2)]
    [InlineData('ç', 135, 3)]
    public void A_text_is_so_many_messages(char character, int length, int segments)
    {
        Assert.Equal(segments, GsmText.CountSegments(new string(character, length)));
    }

    [Theory]
    [InlineData("plain @ €", null)]
    [InlineData("Your code’s here", "’ (U+2019)")]
    [InlineData("code 🔑", "🔑 (U+1F511)")]
    public void The_character_outside_the_alphabet_is_named(string text, string? named)
    {
        var sentence = TemplateText.Cost(text);

        Assert.Equal(
            named is not null,
            sentence.Contains("outside the GSM alphabet", StringComparison.Ordinal)
        );
        Assert.Contains(named ?? "sent as 1 message.", sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("123456 is your code. @ £ ñ à €", true)]
    [InlineData("Your code’s here", false)]
    [InlineData("code “1”", false)]
    public void The_GSM_alphabet_is_told_from_the_rest(string text, bool isGsm)
    {
        Assert.Equal(isGsm, GsmText.IsGsm(text));
    }
}

using Otp2fa.Web.TwoFactor;

namespace Otp2fa.Web.Tests.Units.TwoFactor;

[Trait("Covers", "R30")]
public sealed class PinCodeTests
{
    [Theory]
    [InlineData("012345")]
    [InlineData(" 012345 ")]
    [InlineData("012 345")]
    [InlineData("012-345")]
    [InlineData("01-23-45")]
    [InlineData("0 1 2 3 4 5")]
    [InlineData("012\u2013345")]
    [InlineData("012\u2014345")]
    [InlineData("012\u2010345")]
    [InlineData("012\u2011345")]
    [InlineData("012\u00a0345")]
    [InlineData("012\u202f345")]
    [InlineData("012345\r\n")]
    [InlineData("\t012345")]
    public void Spaces_hyphens_and_dashes_are_ignored_and_leading_zeros_kept(string typed)
    {
        Assert.Equal("012345", PinCode.Parse(typed, 6).Pin?.Digits);
    }

    [Fact]
    public void A_code_of_8_digits_is_taken_where_8_are_configured()
    {
        Assert.Equal("01234567", PinCode.Parse("0123 4567", 8).Pin?.Digits);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("\u00a0\t")]
    public void Nothing_typed_is_empty(string? typed)
    {
        Assert.Equal(new PinParse(null, PinRefusal.Empty), PinCode.Parse(typed, 6));
    }

    [Theory]
    [InlineData("1", 6)]
    [InlineData("01234", 6)]
    [InlineData("0123456", 6)]
    [InlineData("01234567", 6)]
    [InlineData("012345", 8)]
    [InlineData("0123456", 8)]
    [InlineData("012345678", 8)]
    [InlineData("-", 6)]
    [InlineData("O12345", 6)]
    [InlineData("12345a", 6)]
    [InlineData("a012345", 6)]
    [InlineData("012.345", 6)]
    [InlineData("012_345", 6)]
    [InlineData("+012345", 6)]
    [InlineData("012345\0", 6)]
    [InlineData("\u0660\u0661\u0662\u0663\u0664\u0665", 6)]
    [InlineData("\uff10\uff11\uff12\uff13\uff14\uff15", 6)]
    [InlineData("01234\u0665", 6)]
    [InlineData("\ud835\udfce12345", 6)]
    public void Anything_else_is_not_the_format(string typed, int length)
    {
        Assert.Equal(new PinParse(null, PinRefusal.NotTheFormat), PinCode.Parse(typed, length));
    }

    [Fact]
    public void Very_long_text_is_not_the_format()
    {
        Assert.Equal(PinRefusal.NotTheFormat, PinCode.Parse(new string('1', 1_000_000), 6).Refusal);
    }

    [Fact]
    public void A_code_and_what_holds_it_never_print_its_digits()
    {
        var parse = PinCode.Parse("012345", 6);

        Assert.Equal("PIN", parse.Pin!.ToString());
        Assert.DoesNotContain("012345", parse.ToString(), StringComparison.Ordinal);
    }
}

using Otp2fa.Web.TwoFactor;

namespace Otp2fa.Web.Tests.Units.TwoFactor;

[Trait("Covers", "R30")]
[Trait("Covers", "T24")]
public sealed class PhoneSpellingTests
{
    private const string Mobile = "+447400123456";

    [Theory]
    [InlineData("+447400123456")]
    [InlineData("+44 7400 123456")]
    [InlineData("  +44 7400 123456  ")]
    [InlineData("+44-7400-123-456")]
    [InlineData("+44.7400.123.456")]
    [InlineData("+44/7400/123456")]
    [InlineData("+44 (7400) 123456")]
    [InlineData("+44 (0)7400 123456")]
    [InlineData("+44 (0) 7400-123456")]
    [InlineData("(+44) 7400 123456")]
    [InlineData("+44\t7400\t123456")]
    [InlineData("+44\u00a07400\u00a0123456")]
    [InlineData("+44\u20077400\u202f123456")]
    [InlineData("+44\u20107400\u2011123\u2013456")]
    [InlineData("+44\u20147400\u2012123456")]
    [InlineData("\u202a+44 7400 123456\u202c")]
    [InlineData("\u200e+447400123456")]
    [InlineData("\uff0b447400123456")]
    [InlineData("+\uff14\uff14\uff17\uff14\uff10\uff10\uff11\uff12\uff13\uff14\uff15\uff16")]
    [InlineData("+\u0664\u0664\u0667\u0664\u0660\u0660\u0661\u0662\u0663\u0664\u0665\u0666")]
    public void Every_spelling_with_country_code_is_one_value(string typed)
    {
        Assert.Equal(PhoneNumber.FromStored(Mobile), PhoneParsers.With().Parse(typed).Number);
    }

    [Theory]
    [InlineData("07400 123456")]
    [InlineData("07400123456")]
    [InlineData("(07400) 123456")]
    [InlineData("07400-123-456")]
    [InlineData("7400 123456")]
    [InlineData("00 44 7400 123456")]
    [InlineData("00447400123456")]
    [InlineData("+44 7400 123456")]
    [InlineData("\uff10\uff17\uff14\uff10\uff10\uff11\uff12\uff13\uff14\uff15\uff16")]
    public void A_default_region_adds_its_national_and_international_spellings(string typed)
    {
        Assert.Equal(PhoneNumber.FromStored(Mobile), PhoneParsers.With("GB").Parse(typed).Number);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    public void Without_a_default_region_a_national_number_lacks_its_country_code(string? region)
    {
        Assert.Equal(
            PhoneRefusal.CountryCodeMissing,
            PhoneParsers.With(region).Parse("07400 123456").Refusal
        );
    }

    [Fact]
    public void The_international_prefix_of_one_country_means_nothing_without_a_default_region()
    {
        Assert.Equal(
            PhoneRefusal.CountryCodeMissing,
            PhoneParsers.With().Parse("00447400123456").Refusal
        );
    }

    [Fact]
    public void A_default_region_does_not_shut_other_countries_out()
    {
        Assert.Equal(
            "+4915123456789",
            PhoneParsers.With("GB").Parse("+49 1512 3456789").Number?.E164
        );
    }

    [Fact]
    public void A_number_is_kept_with_the_plus_sign_and_sent_without_it()
    {
        var number = PhoneParsers.With().Parse("+44 7400 123456").Number!;

        Assert.Equal(
            (Mobile, "447400123456", "56"),
            (number.E164, number.Digits, number.LastDigits)
        );
    }

    [Fact]
    public void A_number_and_what_holds_it_print_two_digits_only()
    {
        var parse = PhoneParsers.With().Parse("+44 7400 123456");

        Assert.Equal("number ending 56", parse.Number!.ToString());
        Assert.DoesNotContain("7400", parse.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("+4474001", true)]
    [InlineData("+1234567", true)]
    [InlineData("+123456789012345", true)]
    [InlineData("+447400123456", true)]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData("+", false)]
    [InlineData("+123456", false)]
    [InlineData("+1234567890123456", false)]
    [InlineData("447400123456", false)]
    [InlineData("00447400123456", false)]
    [InlineData("+0447400123456", false)]
    [InlineData("+44 7400 123456", false)]
    [InlineData("+44740012345a", false)]
    [InlineData("++4474001234", false)]
    [InlineData("+44740012345\n", false)]
    [InlineData(" +447400123456", false)]
    [InlineData("+\uff14\uff14\uff17\uff14\uff10\uff10\uff11\uff12\uff13", false)]
    public void Only_plus_and_7_to_15_digits_are_read_back_from_an_account(
        string? stored,
        bool isNumber
    )
    {
        Assert.Equal(isNumber ? stored : null, PhoneNumber.FromStored(stored)?.E164);
    }
}

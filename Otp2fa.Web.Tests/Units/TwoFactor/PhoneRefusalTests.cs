using Otp2fa.Web.TwoFactor;
using PhoneNumbers;

namespace Otp2fa.Web.Tests.Units.TwoFactor;

[Trait("Covers", "R17")]
[Trait("Covers", "T24")]
public sealed class PhoneRefusalTests
{
    private const int LongestInput = 64;

    private static readonly PhoneNumberUtil Plans = PhoneNumberUtil.GetInstance();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("\t\u00a0")]
    public void Nothing_typed_is_empty(string? typed)
    {
        Assert.Equal(PhoneRefusal.Empty, PhoneParsers.With("GB").Parse(typed).Refusal);
    }

    [Theory]
    [InlineData("my phone")]
    [InlineData("+1 800 FLOWERS")]
    [InlineData("+44 7400 12345O")]
    [InlineData("+44 7400 123456 ext 5")]
    [InlineData("+44 7400 123456 x5")]
    [InlineData("+44 7400 123456#5")]
    [InlineData("+44 7400 123456;ext=5")]
    [InlineData("+44 7400 123456,5")]
    [InlineData("tel:+447400123456")]
    [InlineData("+44 7400 123456\n")]
    [InlineData("+44 7400 123456\0")]
    [InlineData("*100#")]
    [InlineData("-")]
    [InlineData("+")]
    [InlineData("()()")]
    [InlineData("1")]
    [InlineData("+44740012345678901234")]
    public void What_is_no_number_or_has_an_extension_is_not_a_number(string typed)
    {
        Assert.Equal(PhoneRefusal.NotANumber, PhoneParsers.With("GB").Parse(typed).Refusal);
    }

    [Theory]
    [InlineData("+44 7400")]
    [InlineData("+44 7400 12345")]
    [InlineData("+44 7400 1234567")]
    [InlineData("+44 9999 999999")]
    [InlineData("+44 7400 123456789")]
    [InlineData("+1 000 000 0000")]
    [InlineData("+1 555 555 5555")]
    [InlineData("+0447700900111")]
    [InlineData("+999123456")]
    public void A_number_that_no_plan_has_is_not_in_use(string typed)
    {
        Assert.Equal(PhoneRefusal.NotInUse, PhoneParsers.With().Parse(typed).Refusal);
    }

    [Fact]
    public void A_country_code_that_does_not_exist_is_refused()
    {
        Assert.Null(PhoneParsers.With("GB").Parse("+999 7400 123456").Number);
    }

    [Fact]
    public void Text_of_the_longest_length_is_read_and_one_character_more_is_not()
    {
        var longest = "+447400123456".PadRight(LongestInput);

        Assert.Equal("+447400123456", PhoneParsers.With().Parse(longest).Number?.E164);
        Assert.Equal(PhoneRefusal.NotANumber, PhoneParsers.With().Parse(longest + " ").Refusal);
    }

    [Fact]
    public void Very_long_text_is_not_a_number()
    {
        Assert.Equal(
            PhoneRefusal.NotANumber,
            PhoneParsers.With("GB").Parse(new string('7', 1_000_000)).Refusal
        );
    }

    [Fact]
    public void The_mobile_example_of_every_country_is_taken()
    {
        var examples = Examples(PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE);

        Assert.True(examples.Count > 200, $"Only {examples.Count} countries have an example.");
        Assert.All(
            examples,
            e164 => Assert.Equal(e164, PhoneParsers.With().Parse(e164).Number?.E164)
        );
    }

    [Theory]
    [InlineData(PhoneNumberType.FIXED_LINE, 150)]
    [InlineData(PhoneNumberType.PREMIUM_RATE, 60)]
    [InlineData(PhoneNumberType.TOLL_FREE, 100)]
    [InlineData(PhoneNumberType.SHARED_COST, 20)]
    [InlineData(PhoneNumberType.VOIP, 40)]
    [InlineData(PhoneNumberType.PERSONAL_NUMBER, 10)]
    [InlineData(PhoneNumberType.PAGER, 5)]
    [InlineData(PhoneNumberType.UAN, 15)]
    [InlineData(PhoneNumberType.VOICEMAIL, 3)]
    public void The_examples_of_every_other_kind_of_number_are_refused(
        PhoneNumberType kind,
        int atLeast
    )
    {
        var examples = Examples(kind, kind);

        Assert.True(examples.Count >= atLeast, $"Only {examples.Count} examples.");
        Assert.All(
            examples,
            e164 =>
                Assert.Equal(PhoneRefusal.TypeNotAccepted, PhoneParsers.With().Parse(e164).Refusal)
        );
    }

    [Theory]
    [InlineData("+1 201 555 0123")]
    [InlineData("+1 416 555 0123")]
    public void Numbers_of_plan_1_are_taken_unless_kinds_must_be_told_apart(string typed)
    {
        Assert.NotNull(PhoneParsers.With(fixedLineOrMobile: true).Parse(typed).Number);
        Assert.Equal(
            PhoneRefusal.TypeNotAccepted,
            PhoneParsers.With(fixedLineOrMobile: false).Parse(typed).Refusal
        );
    }

    [Fact]
    public void Telling_kinds_apart_keeps_plain_mobile_numbers()
    {
        Assert.NotNull(PhoneParsers.With(fixedLineOrMobile: false).Parse("+447400123456").Number);
    }

    [Theory]
    [InlineData("+44 7700 899999", false)]
    [InlineData("+44 7700 900000", true)]
    [InlineData("+44 7700 900123", true)]
    [InlineData("+44 7700 900999", true)]
    [InlineData("+44 7700 901000", false)]
    [InlineData("+44 7700 90000", false)]
    [InlineData("+44 7700 9000000", false)]
    [InlineData("+1 7700 900123", false)]
    public void The_numbers_reserved_for_examples_are_1000_and_taken_only_by_setting(
        string typed,
        bool isReserved
    )
    {
        var strict = PhoneParsers.With().Parse(typed);
        var lenient = PhoneParsers.With(reserved: true).Parse(typed);

        if (isReserved)
        {
            Assert.Equal(PhoneRefusal.NotInUse, strict.Refusal);
            Assert.NotNull(lenient.Number);
        }
        else
        {
            Assert.Equal(strict, lenient);
        }
    }

    [Fact]
    public void The_national_spelling_of_a_reserved_number_is_the_same_value()
    {
        var parser = PhoneParsers.With("GB", reserved: true);

        Assert.Equal(
            parser.Parse("+44 7700 900123").Number,
            parser.Parse("(07700) 900-123").Number
        );
    }

    [Theory]
    [InlineData(null)]
    [InlineData("GB")]
    [InlineData("US")]
    public void No_text_makes_it_throw_and_every_answer_is_either_a_number_or_a_reason(
        string? region
    )
    {
        const string Usual = "0123456789 +-()./\t\u00a0\u2013\uff0b\uff11\u0663xX#;,*ext=A\u200e";
        var random = new Random(20261123);
        var parser = PhoneParsers.With(region, reserved: true);

        for (var round = 0; round < 20_000; round++)
        {
            var typed = string.Create(
                random.Next(0, 24),
                random,
                (span, source) =>
                {
                    foreach (ref var c in span)
                    {
                        c =
                            source.Next(20) == 0
                                ? (char)source.Next(char.MaxValue + 1)
                                : Usual[source.Next(Usual.Length)];
                    }
                }
            );

            var parse = parser.Parse(typed);

            Assert.True(
                parse.Number is null != parse.Refusal is null
                    && (
                        parse.Number is null
                        || Otp2fa.Web.TwoFactor.PhoneNumber.FromStored(parse.Number.E164)
                            is not null
                    ),
                $"'{typed}' gave {parse}"
            );
        }
    }

    /// <summary>One number of a kind per country that has one, where the country's plan tells it from other kinds.</summary>
    private static List<string> Examples(PhoneNumberType kind, PhoneNumberType orToldAs) =>
        [
            .. Plans
                .GetSupportedRegions()
                .Select(region => Plans.GetExampleNumberForType(region, kind))
                .Where(number =>
                    number is not null
                    && Plans.GetNumberType(number) is var told
                    && (told == kind || told == orToldAs)
                )
                .Select(number => Plans.Format(number, PhoneNumberFormat.E164))
                // Short ones, such as +989601, are no number at all here.
                .Where(e164 => Otp2fa.Web.TwoFactor.PhoneNumber.FromStored(e164) is not null),
        ];
}

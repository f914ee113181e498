using Otp2fa.InfobipSimulator.Pins;

namespace Otp2fa.Web.Tests.Units.Simulator;

public sealed class InfobipNotationTests
{
    [Theory]
    [InlineData("5m", 300_000)]
    [InlineData("h", 3_600_000)]
    [InlineData("250ms", 250)]
    [InlineData("ms", 1)]
    [InlineData("15s", 15_000)]
    [InlineData("1d", 86_400_000)]
    [InlineData("365d", 31_536_000_000)]
    public void A_duration_is_a_number_and_a_unit_where_no_number_means_one(
        string text,
        double milliseconds
    )
    {
        var duration = PinDuration.Parse(text);

        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), duration.Value);
        Assert.Equal(text, duration.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("0m")]
    [InlineData("-5m")]
    [InlineData("+5m")]
    [InlineData("5 m")]
    [InlineData(" 5m")]
    [InlineData("5m ")]
    [InlineData("5M")]
    [InlineData("5w")]
    [InlineData("1.5h")]
    [InlineData("٥m")]
    [InlineData("366d")]
    [InlineData("31536001s")]
    [InlineData("99999999999999999999d")]
    public void Anything_else_and_more_than_a_year_is_no_duration(string? text)
    {
        Assert.False(PinDuration.TryParse(text, out _));
    }

    [Fact]
    public void Durations_of_the_same_length_are_equal_however_written()
    {
        Assert.Equal(PinDuration.Parse("60s"), PinDuration.Parse("m"));
    }

    [Theory]
    [InlineData("1/3s", 1, 3)]
    [InlineData("12/1d", 12, 86_400)]
    [InlineData("2/m", 2, 60)]
    [InlineData("10000/d", 10_000, 86_400)]
    public void A_limit_is_a_count_per_duration(string text, int count, int seconds)
    {
        var limit = RateLimit.Parse(text);

        Assert.Equal(count, limit.Count);
        Assert.Equal(TimeSpan.FromSeconds(seconds), limit.Period.Value);
        Assert.Equal(text, limit.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("/s")]
    [InlineData("0/s")]
    [InlineData("-1/s")]
    [InlineData("1/")]
    [InlineData("1/0s")]
    [InlineData("1/s/s")]
    [InlineData(" 1/s")]
    [InlineData("s/1")]
    [InlineData("99999999999/s")]
    public void Anything_else_is_no_limit(string? text)
    {
        Assert.False(RateLimit.TryParse(text, out _));
    }

    [Fact]
    public void Parsing_what_is_not_in_the_notation_names_it()
    {
        Assert.Contains(
            "'soon'",
            Assert.Throws<FormatException>(() => PinDuration.Parse("soon")).Message
        );
        Assert.Contains(
            "'often'",
            Assert.Throws<FormatException>(() => RateLimit.Parse("often")).Message
        );
    }

    [Fact]
    public void The_unset_configuration_is_the_one_Infobip_documents()
    {
        var configuration = new PinConfiguration();

        Assert.Equal(10, configuration.PinAttempts);
        Assert.True(configuration.AllowMultiplePinVerifications);
        Assert.Equal("15m", configuration.PinTimeToLive.ToString());
        Assert.Equal("1/3s", configuration.VerifyPinLimit.ToString());
        Assert.Equal("3/1d", configuration.SendPinPerPhoneNumberLimit.ToString());
        Assert.Equal("10000/1d", configuration.SendPinPerApplicationLimit.ToString());
    }
}

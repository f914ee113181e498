using Otp2fa.Web.Operations.Setup;

namespace Otp2fa.Web.Tests.Units.Operations;

public sealed class InfobipNotationTests
{
    [Theory]
    [InlineData("5m", "00:05:00", "5m")]
    [InlineData("300s", "00:05:00", "5m")]
    [InlineData("300000ms", "00:05:00", "5m")]
    [InlineData("h", "01:00:00", "1h")]
    [InlineData("1d", "1.00:00:00", "1d")]
    [InlineData("24h", "1.00:00:00", "1d")]
    [InlineData("90s", "00:01:30", "90s")]
    [InlineData("1500ms", "00:00:01.5", "1500ms")]
    [InlineData("86400000ms", "1.00:00:00", "1d")]
    [InlineData("31536000s", "365.00:00:00", "365d")]
    public void A_time_is_read_and_written_in_the_largest_unit(
        string text,
        string time,
        string written
    )
    {
        Assert.Equal(TimeSpan.Parse(time, null), InfobipNotation.ReadTime(text));
        Assert.Equal(written, InfobipNotation.Write(InfobipNotation.ReadTime(text)!.Value));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("5 m")]
    [InlineData("-5m")]
    [InlineData("5w")]
    [InlineData("5m\n")]
    [InlineData("999999999999999d")]
    public void What_is_no_time_is_none(string? text)
    {
        Assert.Null(InfobipNotation.ReadTime(text));
    }

    [Theory]
    [InlineData("12/1d", 12, "1.00:00:00")]
    [InlineData("5/5s", 5, "00:00:05")]
    [InlineData("5/d", 5, "1.00:00:00")]
    [InlineData("0/1d", 0, "1.00:00:00")]
    public void A_limit_is_a_count_in_a_time(string text, int count, string window)
    {
        Assert.Equal((count, TimeSpan.Parse(window, null)), InfobipNotation.ReadLimit(text));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("5")]
    [InlineData("5/")]
    [InlineData("/1d")]
    [InlineData("-1/1d")]
    [InlineData("1/2/3d")]
    [InlineData("5/0s")]
    public void What_is_no_limit_is_none(string? text)
    {
        Assert.Null(InfobipNotation.ReadLimit(text));
    }
}

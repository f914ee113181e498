using Otp2fa.Web.Limits;

namespace Otp2fa.Web.Tests.Units.Settings;

/// <summary>Every number of the limits: both ends are taken, one step beyond is refused with its sentence.</summary>
public sealed class LimitsOptionsTests
{
    [Theory]
    [InlineData("Limits:FirstWait=00:00:00")]
    [InlineData("Limits:FirstWait=00:00:31", "Limits:SecondWait=00:00:31")]
    [InlineData("Limits:SecondWait=00:00:30")]
    [InlineData("Limits:SecondWait=00:30:00", "Limits:LaterWait=02:00:00")]
    [InlineData("Limits:SendsPer10Minutes=1")]
    [InlineData("Limits:SendsPerDay=1000000")]
    [InlineData("Limits:NewNumbersPerDay=1")]
    [InlineData("Limits:NewNumbersPerDay=1000")]
    [InlineData("Limits:AccountsPerNumber=1")]
    [InlineData("Limits:AccountsPerNumber=100")]
    [InlineData("Limits:GuessesPerHour=1")]
    [InlineData("Limits:GuessesPerDayOf8Digits=1000")]
    [InlineData("Limits:RecoveryGuessesPerHour=1")]
    [InlineData("Limits:RecoveryGuessesPerDay=100")]
    [InlineData("Limits:UnprovedNumberShare=0.1")]
    [InlineData("Limits:UnprovedNumberShare=1")]
    [InlineData("Limits:GuessSpacing=00:00:00")]
    [InlineData("Limits:GuessSpacing=00:00:10")]
    [InlineData("Limits:WrongCodesInARow=5")]
    [InlineData("Limits:WrongCodesInARow=100")]
    [InlineData("Limits:NewNumbersPerBlockAndHour=1")]
    [InlineData("Limits:SiteSendsPerMinute=1")]
    [InlineData("Limits:SiteSendsPerDay=1000000")]
    [InlineData("Limits:CountrySendsPerDay:GB=0")]
    [InlineData("Limits:MoneyPerDay=0.01")]
    [InlineData("Limits:Prices:GB=0", "Limits:Prices:FR=100")]
    [InlineData("Limits:OtherPrice=0")]
    [InlineData("Limits:OtherPrice=100")]
    [InlineData("Limits:AlarmShare=0.1")]
    [InlineData("Limits:AlarmShare=1")]
    [InlineData("Limits:EnrolmentShare=0.1")]
    [InlineData("Limits:EnrolmentShare=1")]
    [InlineData("Limits:ConversionFloor=0")]
    [InlineData("Limits:ConversionFloor=1")]
    [InlineData("Limits:ConversionSends=5")]
    [InlineData("Limits:ConversionSends=100000")]
    public void The_ends_of_the_ranges_are_taken(params string[] settings)
    {
        Assert.Empty(Validation.Of<LimitsOptions>("Production", settings));
    }

    [Theory]
    [InlineData(
        "Limits:FirstWait=-00:00:01",
        "Limits:FirstWait must be 0 to 10 minutes (00:00:30)."
    )]
    [InlineData("Limits:LaterWait=02:00:01", "Limits:LaterWait must be 0 to 2 hours (00:02:00).")]
    [InlineData("Limits:SendsPer10Minutes=0", "Limits:SendsPer10Minutes must be 1 to 1000000.")]
    [InlineData("Limits:SendsPerDay=1000001", "Limits:SendsPerDay must be 1 to 1000000.")]
    [InlineData("Limits:NewNumbersPerDay=0", "Limits:NewNumbersPerDay must be 1 to 1000.")]
    [InlineData("Limits:AccountsPerNumber=0", "Limits:AccountsPerNumber must be 1 to 100.")]
    [InlineData("Limits:AccountsPerNumber=101", "Limits:AccountsPerNumber must be 1 to 100.")]
    [InlineData("Limits:GuessesPerHour=0", "Limits:GuessesPerHour must be 1 to 1000.")]
    [InlineData(
        "Limits:GuessesPerDayOf8Digits=1001",
        "Limits:GuessesPerDayOf8Digits must be 1 to 1000."
    )]
    [InlineData(
        "Limits:GuessSpacing=00:00:10.001",
        "Limits:GuessSpacing must be 0 to 10 seconds (00:00:01)."
    )]
    [InlineData(
        "Limits:RecoveryGuessesPerHour=0",
        "Limits:RecoveryGuessesPerHour must be 1 to 100."
    )]
    [InlineData(
        "Limits:RecoveryGuessesPerDay=101",
        "Limits:RecoveryGuessesPerDay must be 1 to 100."
    )]
    [InlineData("Limits:UnprovedNumberShare=1.01", "Limits:UnprovedNumberShare must be 0.1 to 1.")]
    [InlineData("Limits:WrongCodesInARow=4", "Limits:WrongCodesInARow must be 5 to 100.")]
    [InlineData("Limits:WrongCodesInARow=101", "Limits:WrongCodesInARow must be 5 to 100.")]
    [InlineData(
        "Limits:NewNumbersPerBlockAndHour=0",
        "Limits:NewNumbersPerBlockAndHour must be 1 to 1000."
    )]
    [InlineData("Limits:SiteSendsPerMinute=0", "Limits:SiteSendsPerMinute must be 1 to 1000000.")]
    [InlineData("Limits:SiteSendsPerDay=1000001", "Limits:SiteSendsPerDay must be 1 to 1000000.")]
    [InlineData("Limits:MoneyPerDay=0.009", "Limits:MoneyPerDay must be 0.01 to 1000000.")]
    [InlineData("Limits:OtherPrice=-0.01", "Limits:OtherPrice must be 0 to 100.")]
    [InlineData("Limits:AlarmShare=0.09", "Limits:AlarmShare must be 0.1 to 1.")]
    [InlineData("Limits:EnrolmentShare=1.01", "Limits:EnrolmentShare must be 0.1 to 1.")]
    [InlineData("Limits:ConversionFloor=-0.01", "Limits:ConversionFloor must be 0 to 1.")]
    [InlineData("Limits:ConversionSends=4", "Limits:ConversionSends must be 5 to 100000.")]
    public void One_step_beyond_a_range_its_sentence_is_among_those_said(
        string setting,
        string sentence
    )
    {
        Assert.Contains(sentence, Validation.Of<LimitsOptions>("Development", setting));
    }

    [Theory]
    [InlineData(
        "Limits:FirstWait=00:01:01",
        "Limits:FirstWait, Limits:SecondWait and Limits:LaterWait must not become shorter in this order."
    )]
    [InlineData(
        "Limits:SendsPerHour=4",
        "Limits:SendsPer10Minutes, Limits:SendsPerHour and Limits:SendsPerDay must not become smaller in this order."
    )]
    [InlineData(
        "Limits:SiteSendsPerHour=10001",
        "Limits:SiteSendsPerMinute, Limits:SiteSendsPerHour and Limits:SiteSendsPerDay must not become smaller in this order."
    )]
    [InlineData(
        "Limits:GuessesPerDay=9",
        "Limits:GuessesPerHour, Limits:GuessesPerDay and Limits:GuessesPerDayOf8Digits must not become smaller in this order."
    )]
    [InlineData(
        "Limits:Prices:Britain=1",
        "Limits:Prices must name countries by two capitals, such as Limits:Prices:GB, each with a price of 0 to 100."
    )]
    [InlineData(
        "Limits:CountrySendsPerDay:GB=-1",
        "Limits:CountrySendsPerDay must name countries by two capitals, such as Limits:CountrySendsPerDay:GB, each with a number from 0 on."
    )]
    [InlineData(
        "Limits:RecoveryGuessesPerDay=4",
        "Limits:RecoveryGuessesPerHour must not be more than Limits:RecoveryGuessesPerDay."
    )]
    public void Numbers_that_do_not_fit_together_are_refused(string setting, string sentence)
    {
        Assert.Equal([sentence], Validation.Of<LimitsOptions>("Production", setting));
    }
}

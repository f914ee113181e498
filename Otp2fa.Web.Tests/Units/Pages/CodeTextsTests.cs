using Otp2fa.Web.Areas.Identity.Pages.Account;
using Otp2fa.Web.TwoFactor;

namespace Otp2fa.Web.Tests.Units.Pages;

public sealed class CodeTextsTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 29, 1, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("00:00:00", "1 second")]
    [InlineData("-00:05:00", "1 second")]
    [InlineData("00:00:00.001", "1 second")]
    [InlineData("00:00:01", "1 second")]
    [InlineData("00:00:01.001", "2 seconds")]
    [InlineData("00:00:30", "30 seconds")]
    [InlineData("00:00:59", "59 seconds")]
    [InlineData("00:00:59.5", "1 minute")]
    [InlineData("00:01:00", "1 minute")]
    [InlineData("00:01:01", "1 minute 1 second")]
    [InlineData("00:01:20", "1 minute 20 seconds")]
    [InlineData("00:02:00", "2 minutes")]
    [InlineData("00:04:30", "4 minutes 30 seconds")]
    [InlineData("00:05:00", "5 minutes")]
    [InlineData("00:59:59", "59 minutes 59 seconds")]
    [InlineData("01:00:00", "1 hour")]
    [InlineData("01:00:01", "1 hour 1 minute")]
    [InlineData("02:30:00", "2 hours 30 minutes")]
    [InlineData("24:00:00", "24 hours")]
    public void A_length_of_time_is_said_in_two_units_at_most_and_never_as_nothing(
        string time,
        string words
    )
    {
        var length =
            time == "24:00:00"
                ? TimeSpan.FromDays(1)
                : TimeSpan.Parse(time, System.Globalization.CultureInfo.InvariantCulture);

        Assert.Equal(words, CodeTexts.Of(length));
    }

    [Fact]
    public void Every_reason_to_refuse_a_phone_number_has_a_sentence_of_its_own() =>
        AssertSentences(Enum.GetValues<PhoneRefusal>().Select(CodeTexts.Of));

    [Fact]
    public void Every_reason_not_to_send_has_a_sentence_of_its_own() =>
        AssertSentences(
            Enum.GetValues<SendRefusal>()
                .Select(refusal => CodeTexts.Of(new SendDenial(refusal, Now.AddSeconds(80)), Now))
        );

    [Theory]
    [InlineData(SendRefusal.Wait)]
    [InlineData(SendRefusal.Window)]
    [InlineData(SendRefusal.NewNumbers)]
    [InlineData(SendRefusal.GuessesSpent)]
    public void A_refusal_that_ends_says_how_long_it_lasts_and_then_that_it_is_over(
        SendRefusal refusal
    )
    {
        var denial = new SendDenial(refusal, Now.AddSeconds(80));

        Assert.EndsWith(
            "in 1 minute 20 seconds.",
            CodeTexts.Of(denial, Now),
            StringComparison.Ordinal
        );
        Assert.EndsWith(
            "in 1 second.",
            CodeTexts.Of(denial, Now.AddSeconds(79)),
            StringComparison.Ordinal
        );
        Assert.EndsWith(
            " now.",
            CodeTexts.Of(denial, Now.AddSeconds(80)),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(6)]
    [InlineData(8)]
    public void Every_reason_to_refuse_a_typed_code_has_a_sentence_of_its_own(int digits) =>
        AssertSentences(Enum.GetValues<PinRefusal>().Select(r => CodeTexts.Of(r, digits)));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Every_outcome_of_a_code_but_the_right_one_has_a_sentence_of_its_own(int left) =>
        AssertSentences(
            Enum.GetValues<PinSubmissionStatus>()
                .Where(status => status != PinSubmissionStatus.Verified)
                .Select(status => CodeTexts.Of(new PinSubmission(status, left), Now))
        );

    [Fact]
    public void Every_state_of_a_challenge_but_the_live_one_has_a_sentence_of_its_own() =>
        AssertSentences(
            Enum.GetValues<ChallengeStatus>()
                .Where(status => status != ChallengeStatus.Live)
                .Select(status => CodeTexts.Of(status))
                .Append(CodeTexts.Of((ChallengeStatus?)null))
        );

    [Fact]
    public void A_right_code_and_a_live_challenge_say_nothing()
    {
        Assert.Null(CodeTexts.Of(new PinSubmission(PinSubmissionStatus.Verified), Now));
        Assert.Null(CodeTexts.Of((ChallengeStatus?)ChallengeStatus.Live));
    }

    [Theory]
    [InlineData(1, "one more try")]
    [InlineData(2, "2 more tries")]
    [InlineData(9, "9 more tries")]
    public void A_wrong_code_says_how_many_tries_are_left(int left, string words)
    {
        Assert.Contains(
            words,
            CodeTexts.Of(new PinSubmission(PinSubmissionStatus.Wrong, left), Now),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(6, "6 digits")]
    [InlineData(8, "8 digits")]
    public void A_code_of_the_wrong_form_is_told_the_configured_length(int digits, string words)
    {
        Assert.Contains(
            words,
            CodeTexts.Of(PinRefusal.NotTheFormat, digits),
            StringComparison.Ordinal
        );
    }

    private static void AssertSentences(IEnumerable<string?> texts)
    {
        var all = texts.ToList();
        Assert.All(all, text => Assert.Matches(@"^[A-Z].+\.$", text));
        Assert.Equal(all.Count, all.Distinct().Count());
    }
}

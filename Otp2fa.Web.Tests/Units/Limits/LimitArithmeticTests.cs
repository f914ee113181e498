using FsCheck;
using FsCheck.Xunit;
using Otp2fa.Web.Data;
using Otp2fa.Web.Limits;

namespace Otp2fa.Web.Tests.Units.Limits;

/// <summary>Whether past uses leave room for one more, by the clock alone.</summary>
public sealed class LimitArithmeticTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 29, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan TenMinutes = TimeSpan.FromMinutes(10);

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    [InlineData(1, false)]
    public void A_full_window_has_room_again_when_its_oldest_use_is_exactly_as_old_as_it_is_long(
        int secondsFromEnd,
        bool isRefused
    )
    {
        var charge = Charge(new LimitWindow(5, TenMinutes));
        var past = Past(0, 60, 120, 300, 500);
        var now = Noon + TenMinutes + TimeSpan.FromSeconds(secondsFromEnd);

        var refusals = LimitArithmetic.Judge(charge, past, now).ToList();

        Assert.Equal(
            isRefused ? [Noon + TenMinutes] : [],
            refusals.Select(refusal => refusal.Until)
        );
    }

    [Fact]
    public void A_window_with_one_place_left_has_room()
    {
        var charge = Charge(new LimitWindow(5, TenMinutes));

        Assert.Empty(LimitArithmetic.Judge(charge, Past(0, 1, 2, 3), Noon.AddSeconds(4)));
    }

    [Fact]
    public void Windows_are_judged_each_for_itself_and_all_that_are_full_are_told()
    {
        var charge = Charge(
            new LimitWindow(2, TenMinutes),
            new LimitWindow(3, TimeSpan.FromHours(1)),
            new LimitWindow(100, TimeSpan.FromDays(1))
        );

        var refusals = LimitArithmetic.Judge(charge, Past(0, 700, 710), Noon.AddSeconds(720));

        Assert.Equal(
            [Noon.AddSeconds(700) + TenMinutes, Noon + TimeSpan.FromHours(1)],
            refusals.Select(refusal => refusal.Until)
        );
    }

    [Theory]
    [InlineData(1, 29, true)]
    [InlineData(1, 30, false)]
    [InlineData(2, 59, true)]
    [InlineData(2, 60, false)]
    [InlineData(3, 119, true)]
    [InlineData(3, 120, false)]
    [InlineData(4, 119, true)]
    [InlineData(4, 120, false)]
    public void The_wait_grows_with_the_unanswered_uses_and_stays_at_its_longest(
        int unanswered,
        int secondsLater,
        bool isRefused
    )
    {
        var charge = Charge(new LimitWindow(100, TenMinutes)) with
        {
            Waits = [TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(120)],
        };
        LimitUse[] past = [.. Past([.. Enumerable.Repeat(0, unanswered)]), Answered(-10)];

        var refusals = LimitArithmetic.Judge(charge, past, Noon.AddSeconds(secondsLater)).ToList();

        Assert.Equal(isRefused ? [LimitPart.Wait] : [], refusals.Select(refusal => refusal.Part));
    }

    [Fact]
    public void After_an_answer_there_is_no_wait_and_the_windows_remember_everything()
    {
        var charge = Charge(new LimitWindow(2, TenMinutes)) with
        {
            Waits = [TimeSpan.FromSeconds(30)],
        };

        Assert.Empty(LimitArithmetic.Judge(charge, [Answered(0)], Noon));
        Assert.Equal(
            [LimitPart.Window],
            LimitArithmetic
                .Judge(charge, [Answered(1), Answered(0)], Noon.AddSeconds(1))
                .Select(r => r.Part)
        );
    }

    [Theory]
    [InlineData(999, true)]
    [InlineData(1000, false)]
    public void Uses_keep_their_distance_even_from_one_that_was_returned(
        int milliseconds,
        bool isRefused
    )
    {
        var charge = Charge(new LimitWindow(1, TenMinutes)) with
        {
            Spacing = TimeSpan.FromSeconds(1),
        };

        var refusals = LimitArithmetic.Judge(
            charge,
            [Returned(0)],
            Noon.AddMilliseconds(milliseconds)
        );

        Assert.Equal(isRefused ? [LimitPart.Spacing] : [], refusals.Select(r => r.Part));
        Assert.All(refusals, r => Assert.Equal(Noon + charge.Spacing, r.Until));
    }

    [Fact]
    public void A_returned_use_takes_no_place_in_a_window()
    {
        var charge = Charge(new LimitWindow(2, TenMinutes));

        Assert.Empty(
            LimitArithmetic.Judge(charge, [Returned(2), Returned(1), Use(0, 1)], Noon.AddSeconds(3))
        );
    }

    [Property]
    public void However_uses_are_asked_for_no_stretch_of_a_window_holds_more_than_its_number_and_the_time_told_is_true(
        PositiveInt most,
        NonNegativeInt[] gaps
    )
    {
        var windows = new LimitWindow[]
        {
            new((most.Get % 6) + 1, TimeSpan.FromSeconds(40)),
            new((most.Get % 6) + 3, TimeSpan.FromSeconds(170)),
        };
        var charge = Charge(windows);
        List<LimitUse> past = [];
        var now = Noon;
        foreach (var gap in gaps)
        {
            now = now.AddSeconds(gap.Get % 50);
            var refusals = LimitArithmetic.Judge(charge, past, now).ToList();
            if (refusals.Count > 0)
            {
                var until = refusals.Max(refusal => refusal.Until);
                Assert.True(until > now);
                Assert.NotEmpty(LimitArithmetic.Judge(charge, past, until.AddTicks(-1)));
                Assert.Empty(LimitArithmetic.Judge(charge, past, until));
                continue;
            }

            past.Insert(0, Use((int)(now - Noon).TotalSeconds, past.Count + 1));
        }

        foreach (var window in windows)
        {
            Assert.All(
                past,
                last =>
                    Assert.InRange(
                        past.Count(use =>
                            use.UsedUtc <= last.UsedUtc
                            && use.UsedUtc > last.UsedUtc - window.Length
                        ),
                        1,
                        window.Most
                    )
            );
        }
    }

    private static LimitCharge Charge(params LimitWindow[] windows) =>
        new(LimitRule.AccountSends, [1], windows);

    /// <summary>Unanswered uses at these seconds, given oldest first.</summary>
    private static LimitUse[] Past(params int[] seconds) =>
        [.. seconds.Select((second, i) => Use(second, i + 1)).Reverse()];

    private static LimitUse Use(int second, long number) => Make(second, number);

    private static LimitUse Answered(int second) => Make(second, 1, isAnswered: true);

    private static LimitUse Returned(int second) => Make(second, 1, isReturned: true);

    private static LimitUse Make(
        int second,
        long number,
        bool isAnswered = false,
        bool isReturned = false
    ) =>
        new()
        {
            Rule = LimitRule.AccountSends,
            KeyHash = [1],
            Number = number,
            UsedUtc = Noon.AddSeconds(second),
            ExpiresUtc = Noon.AddDays(1),
            IsAnswered = isAnswered,
            IsReturned = isReturned,
        };
}

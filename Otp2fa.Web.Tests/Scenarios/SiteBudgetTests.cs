using Microsoft.EntityFrameworkCore;
using Otp2fa.Web.Data;
using Otp2fa.Web.Tests.Site;
using Otp2fa.Web.Tests.Site.Pages;

namespace Otp2fa.Web.Tests.Scenarios;

/// <summary>What the whole site may send, and what stops first when somebody pumps messages through it.</summary>
[Trait("Covers", "R33")]
[Trait("Covers", "T20")]
[Trait("Covers", "L12")]
[Trait("Covers", "L13")]
[Trait("Covers", "L14")]
[Trait("Covers", "L15")]
public sealed class SiteBudgetTests
{
    private const string AddNumber = "/Identity/Account/Manage/AddPhoneNumber";
    private const string VerifyNumber = "/Identity/Account/Manage/VerifyPhoneNumber";
    private const string Paused = "We cannot send codes to new numbers at the moment.";
    private const string Full =
        "Very many codes were asked for, so we cannot send any more at the moment.";

    [Theory]
    [InlineData("Limits:SiteSendsPerMinute", 60)]
    [InlineData("Limits:SiteSendsPerHour", 3600)]
    [InlineData("Limits:SiteSendsPerDay", 86400)]
    public async Task Given_a_budget_of_the_site_enrolment_stops_at_seven_tenths_and_sign_in_at_all_of_it(
        string setting,
        int seconds
    )
    {
        (string, string?)[] less = setting switch
        {
            "Limits:SiteSendsPerHour" => [("Limits:SiteSendsPerMinute", "10")],
            "Limits:SiteSendsPerDay" =>
            [
                ("Limits:SiteSendsPerMinute", "10"),
                ("Limits:SiteSendsPerHour", "10"),
            ],
            _ => [],
        };
        await using var site = await TestSite.StartAsync([.. less, (setting, "10")]);
        var begin = site.Clock.GetUtcNow();
        var people = new List<Person>();
        for (var i = 0; i < 7; i++)
        {
            people.Add(await site.PersonWithTwoFactorAsync());
        }

        (await StartEnrolmentAsync(site, Person.New())).ShouldBe(AddNumber).ShouldSay(Paused);
        for (var i = 0; i < 3; i++)
        {
            await SignInAsync(site, people[i]);
        }

        site.Clock.SetUtcNow(begin.AddSeconds(seconds - 1));
        var sends = site.Sends;
        (await TypePasswordAsync(site, people[4])).ShouldBe(CodePage.Path).ShouldSay(Full);
        Assert.Equal(sends, site.Sends);
        var alarms = Alarms(site)
            .Where(line =>
                line.Contains(
                    $"SiteSends, codes in {TimeSpan.FromSeconds(seconds)}\"",
                    StringComparison.Ordinal
                )
            )
            .ToList();
        // The last one again, an hour later, in the longest window.
        Assert.InRange(alarms.Count, 3, 4);
        Assert.Contains(
            "reached 5 of 10. At Limits:EnrolmentShare",
            alarms[0],
            StringComparison.Ordinal
        );
        Assert.Contains(
            "reached 7 of 10: no code goes to new numbers",
            alarms[1],
            StringComparison.Ordinal
        );
        Assert.Contains(
            "is spent (10): none of its codes goes out before",
            alarms[2],
            StringComparison.Ordinal
        );

        site.Clock.Advance(TimeSpan.FromSeconds(1));
        await SignInAsync(site, people[4]);
    }

    [Fact]
    public async Task Given_money_for_a_day_it_is_spent_by_the_prices_of_the_countries()
    {
        await using var site = await TestSite.StartAsync(
            ("Limits:MoneyPerDay", "1"),
            ("Limits:Prices:GB", "0.25"),
            ("Limits:EnrolmentShare", "1")
        );
        var person = await site.PersonWithTwoFactorAsync();
        var other = await site.PersonWithTwoFactorAsync();
        await SignInAsync(site, person);
        await SignInAsync(site, person);

        (await TypePasswordAsync(site, other)).ShouldSay(Full);
        Assert.Contains(
            Alarms(site),
            line => line.Contains("SiteSends, money", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Given_a_country_with_a_cap_of_its_own_only_its_numbers_stop()
    {
        await using var site = await TestSite.StartAsync(
            ("Limits:CountrySendsPerDay:GB", "3"),
            ("Limits:EnrolmentShare", "1")
        );
        var person = await site.PersonWithTwoFactorAsync();
        var elsewhere = await site.PersonWithTwoFactorAsync();
        await SignInAsync(site, person);

        (await TypePasswordAsync(site, person)).ShouldSay(Full);
        Assert.Contains(
            Alarms(site),
            line => line.Contains("CountrySends GB, codes in", StringComparison.Ordinal)
        );
        await site.ImportNumberAsync(elsewhere, "+33612345678");
        await SignInAsync(site, elsewhere with { Number = "+33612345678" });
    }

    [Fact]
    public async Task Given_ten_new_numbers_of_one_block_in_an_hour_the_next_has_to_wait_and_proved_ones_do_not()
    {
        await using var site = await TestSite.StartAsync();
        var begin = site.Clock.GetUtcNow();
        var person = await site.PersonWithTwoFactorAsync();
        for (var i = 1; i < 10; i++)
        {
            (await StartEnrolmentAsync(site, Person.New())).ShouldBe(VerifyNumber);
        }

        var late = Person.New();
        (await StartEnrolmentAsync(site, late)).ShouldBe(AddNumber).ShouldSay(Paused);
        await SignInAsync(site, person);
        Assert.Single(
            Alarms(site),
            line => line.Contains("of one block of 1000", StringComparison.Ordinal)
        );
        (await StartEnrolmentAsync(site, Person.New() with { Number = "+447400123456" })).ShouldBe(
            VerifyNumber
        );

        site.Clock.SetUtcNow(begin.AddHours(1));
        (await StartEnrolmentAsync(site, Person.New())).ShouldBe(VerifyNumber);
    }

    [Theory]
    [InlineData(14, true)]
    [InlineData(15, false)]
    public async Task Given_fewer_than_three_tenths_of_the_codes_of_an_hour_typed_back_no_code_goes_to_new_numbers(
        int verified,
        bool isPaused
    )
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        await PretendSentAsync(site, 49, verified - 1);

        (await StartEnrolmentAsync(site, Person.New())).ShouldBe(
            isPaused ? AddNumber : VerifyNumber
        );
        await SignInAsync(site, person);
        Assert.Equal(
            isPaused,
            Alarms(site).Any(line => line.Contains("SMS pumping", StringComparison.Ordinal))
        );
        if (isPaused)
        {
            (await StartEnrolmentAsync(site, Person.New())).ShouldSay(Paused);
            Assert.Single(
                Alarms(site),
                line =>
                    line.Contains(
                        "of \"all codes\" in the last hour 14 of 50",
                        StringComparison.Ordinal
                    )
            );
            site.Clock.Advance(TimeSpan.FromHours(1));
            (await StartEnrolmentAsync(site, Person.New())).ShouldBe(VerifyNumber);
        }
    }

    [Fact]
    public async Task Given_few_codes_to_new_numbers_typed_back_the_many_of_sign_ins_do_not_hide_it()
    {
        await using var site = await TestSite.StartAsync();
        await site.PersonWithTwoFactorAsync();
        await PretendSentAsync(site, 500, 500);
        await PretendSentAsync(site, 60, 10, ChallengePurpose.VerifyNumber);

        (await StartEnrolmentAsync(site, Person.New())).ShouldBe(AddNumber).ShouldSay(Paused);
        Assert.Single(
            Alarms(site),
            line =>
                line.Contains(
                    "of \"codes to new numbers\" in the last hour 11 of 61",
                    StringComparison.Ordinal
                )
        );
    }

    [Fact]
    public async Task Given_few_codes_of_one_country_typed_back_new_numbers_of_others_still_get_theirs()
    {
        await using var site = await TestSite.StartAsync();
        await site.PersonWithTwoFactorAsync();
        await PretendSentAsync(site, 500, 500);
        await PretendSentAsync(site, 60, 10, country: "FR");

        (await StartEnrolmentAsync(site, Person.New())).ShouldBe(VerifyNumber);
        (await StartEnrolmentAsync(site, Person.New() with { Number = "+33612345678" }))
            .ShouldBe(AddNumber)
            .ShouldSay(Paused);
        Assert.Single(
            Alarms(site),
            line =>
                line.Contains(
                    "of \"codes to FR\" in the last hour 10 of 60",
                    StringComparison.Ordinal
                )
        );
    }

    [Fact]
    public async Task Given_money_for_a_day_enrolment_stops_at_seven_tenths_of_it()
    {
        await using var site = await TestSite.StartAsync(
            ("Limits:MoneyPerDay", "1"),
            ("Limits:Prices:GB", "0.2")
        );
        var person = await site.PersonWithTwoFactorAsync();
        await SignInAsync(site, person);
        await SignInAsync(site, person);

        (await StartEnrolmentAsync(site, Person.New())).ShouldBe(AddNumber).ShouldSay(Paused);
        await SignInAsync(site, person);
        await SignInAsync(site, person);
    }

    [Fact]
    public async Task Given_fewer_codes_than_say_anything_or_codes_that_can_still_be_typed_nothing_stops()
    {
        await using var site = await TestSite.StartAsync(
            ("Limits:SendsPer10Minutes", "100"),
            ("Limits:SendsPerHour", "100"),
            ("Limits:SendsPerDay", "100")
        );
        await site.PersonWithTwoFactorAsync();
        await PretendSentAsync(site, 48, 0);

        (await StartEnrolmentAsync(site, Person.New())).ShouldBe(VerifyNumber);
        (await StartEnrolmentAsync(site, Person.New())).ShouldBe(VerifyNumber);
    }

    [Fact]
    public async Task Given_alarms_they_are_metered_by_limit_and_step_and_told_once_over_all_instances()
    {
        await using var site = await TestSite.StartAsync(("Limits:SiteSendsPerMinute", "4"));
        using var telemetry = site.Measure();
        site.StartHost();
        await site.PersonWithTwoFactorAsync();
        var person = await site.PersonWithTwoFactorAsync();
        await SignInAsync(site, person);
        await SignInAsync(site, person);
        await TypePasswordAsync(site, person);
        await TypePasswordAsync(site, person);

        Assert.Equal(
            [
                "metric otp2fa.limits.alarms 1 limit=SiteSends, codes in 00:01:00 step=Early",
                "metric otp2fa.limits.alarms 1 limit=SiteSends, codes in 00:01:00 step=Enrolment",
                "metric otp2fa.limits.alarms 1 limit=SiteSends, codes in 00:01:00 step=Spent",
            ],
            telemetry.Lines.Where(line =>
                line.StartsWith("metric otp2fa.limits.", StringComparison.Ordinal)
            )
        );
    }

    /// <summary>Codes of the last minutes that went to many accounts, as no test wants to send them one by one.</summary>
    private static Task<int> PretendSentAsync(
        TestSite site,
        int sent,
        int verified,
        ChallengePurpose purpose = ChallengePurpose.SignIn,
        string country = "GB"
    ) =>
        site.InDatabaseAsync(async db =>
        {
            var user = await db.Users.FirstAsync();
            var now = site.Clock.GetUtcNow();
            for (var i = 0; i < sent; i++)
            {
                db.PinChallenges.Add(
                    new PinChallenge
                    {
                        UserId = user.Id,
                        Purpose = purpose,
                        PhoneHash = [1],
                        Country = country,
                        StampHash = [1],
                        AttemptHash = [1],
                        PinIdHash = [1],
                        IssuedUtc = now.AddMinutes(-20),
                        ExpiresUtc = now.AddMinutes(-15),
                        MaxAttempts = 5,
                        ConsumedUtc = i < verified ? now.AddMinutes(-19) : null,
                    }
                );
            }

            return await db.SaveChangesAsync();
        });

    private static List<string> Alarms(TestSite site) =>
        [.. site.Logs.Lines.Where(line => line.Contains("Alarm: ", StringComparison.Ordinal))];

    private static async Task<HtmlPage> StartEnrolmentAsync(TestSite site, Person person)
    {
        var browser = site.NewBrowser();
        await browser.RegisterAsync(person);
        await browser.SignInAsync(person);
        return await browser.StartNumberAsync(person.Number);
    }

    private static async Task SignInAsync(TestSite site, Person person)
    {
        var browser = site.NewBrowser();
        await (await browser.TypePasswordAsync(person)).SubmitAsync(site.CodeOnPhone(person));
        Assert.True(await browser.IsSignedInAsync());
    }

    private static async Task<HtmlPage> TypePasswordAsync(TestSite site, Person person) =>
        await (await LoginPage.OpenAsync(site.NewBrowser())).SubmitAsync(
            person.Email,
            person.Password
        );
}

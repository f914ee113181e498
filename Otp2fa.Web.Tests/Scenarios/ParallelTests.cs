using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Otp2fa.InfobipSimulator.Api;
using Otp2fa.InfobipSimulator.Calls;
using Otp2fa.InfobipSimulator.Faults;
using Otp2fa.Web.Data;
using Otp2fa.Web.Infobip;
using Otp2fa.Web.Tests.Site;
using Otp2fa.Web.Tests.Site.Pages;
using Otp2fa.Web.Tests.Support;
using Otp2fa.Web.TwoFactor;

namespace Otp2fa.Web.Tests.Scenarios;

/// <summary>Requests that arrive at the same time, for real: nothing here is simulated but Infobip.</summary>
[Trait("Covers", "R06")]
[Trait("Covers", "R11")]
[Trait("Covers", "R32")]
[Trait("Covers", "T06")]
[Trait("Covers", "T08")]
[Trait("Covers", "T11")]
public sealed class ParallelTests
{
    // Long enough that all requests of a burst are past their checks before the first answer comes (F1 was measured so).
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(200);

    // As Infobip does when a PIN may be verified many times.
    private static readonly Fault BelievesEverything = Fault.WithBody("""{"verified":true}""") with
    {
        Delay = Slow,
    };

    [Fact]
    public async Task Given_sixty_wrong_codes_at_once_Infobip_is_asked_at_most_five_times_and_nobody_is_in()
    {
        await using var site = await TestSite.StartWithFarEndInRealTimeAsync();
        var person = await site.PersonWithTwoFactorAsync();
        var browser = site.NewBrowser();
        var code = await browser.TypePasswordAsync(person);
        var before = site.Verifies;
        var wrong = site.WrongCode(person);
        site.Infobip.Faults.ForAll(InfobipOperation.VerifyPin, Fault.Delayed(Slow));

        var answers = await BurstAsync(site, 60, _ => (browser, code.Page, wrong));

        Assert.InRange(site.Verifies - before, 1, 5);
        Assert.All(
            answers,
            answer => Assert.Equal(System.Net.HttpStatusCode.OK, answer.StatusCode)
        );
        Assert.Equal(0, await site.CountSessionsAsync());
        Assert.Equal(0, await site.PasswordFailuresAsync());
    }

    [Fact]
    public async Task Given_ten_right_codes_at_once_exactly_one_session_begins()
    {
        await using var site = await TestSite.StartWithFarEndInRealTimeAsync();
        var person = await site.PersonWithTwoFactorAsync();
        var browser = site.NewBrowser();
        var code = await browser.TypePasswordAsync(person);
        var right = site.CodeOnPhone(person);
        site.Infobip.Faults.ForAll(InfobipOperation.VerifyPin, BelievesEverything);

        var answers = await BurstAsync(site, 10, _ => (browser, code.Page, right));

        Assert.Equal(1, await site.CountSessionsAsync());
        Assert.Single(answers, answer => answer.Headers.Location?.OriginalString == "/");
        Assert.All(answers, answer => Assert.InRange((int)answer.StatusCode, 200, 302));
    }

    [Fact]
    public async Task Given_the_right_code_sent_twice_at_once_one_is_in_and_the_other_is_told_that_it_was_used()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        var browser = site.NewBrowser();
        var code = await browser.TypePasswordAsync(person);
        var right = site.CodeOnPhone(person);
        var (toFirst, toSecond) = (new TaskCompletionSource(), new TaskCompletionSource());
        site.Infobip.Faults.ForNext(InfobipOperation.VerifyPin, Fault.HeldUntil(toFirst.Task));
        site.Infobip.Faults.ForNext(InfobipOperation.VerifyPin, Fault.HeldUntil(toSecond.Task));
        site.Infobip.Calls.Clear();

        // Infobip itself takes the PIN once: both are judged before either is answered.
        var first = SendAsync();
        await site.EventuallyAsync(() => IsJudgedAsync(CallOutcome.Verified));
        var second = SendAsync();
        await site.EventuallyAsync(() => IsJudgedAsync(CallOutcome.AttemptsExhausted));
        toFirst.SetResult();
        var winner = await first;
        toSecond.SetResult();
        var loser = await second;

        site.ShouldHaveLoggedNoError();
        Assert.Equal("/", winner.Headers.Location?.OriginalString);
        Assert.Contains(
            "because it was used",
            await loser.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
        Assert.Equal(1, await site.CountSessionsAsync());

        Task<HttpResponseMessage> SendAsync() =>
            browser.CloneTo(site.Host).PostAsync(code.Page, "form", ("Input.TwoFactorCode", right));

        Task<bool> IsJudgedAsync(CallOutcome outcome) =>
            Task.FromResult(site.Infobip.Calls.Count(InfobipOperation.VerifyPin, outcome) == 1);
    }

    [Fact]
    public async Task Given_wrong_codes_and_the_right_one_at_once_at_most_one_session_begins_and_five_are_asked()
    {
        await using var site = await TestSite.StartWithFarEndInRealTimeAsync();
        var person = await site.PersonWithTwoFactorAsync();
        var browser = site.NewBrowser();
        var code = await browser.TypePasswordAsync(person);
        var before = site.Verifies;
        var (right, wrong) = (site.CodeOnPhone(person), site.WrongCode(person));
        site.Infobip.Faults.ForAll(InfobipOperation.VerifyPin, Fault.Delayed(Slow));

        var answers = await BurstAsync(
            site,
            40,
            i => (browser, code.Page, i == 20 ? right : wrong)
        );

        Assert.InRange(site.Verifies - before, 1, 5);
        Assert.All(answers, answer => Assert.InRange((int)answer.StatusCode, 200, 302));
        Assert.Equal(
            answers.Count(answer => answer.Headers.Location?.OriginalString == "/"),
            await site.CountSessionsAsync()
        );
    }

    [Fact]
    public async Task Given_ten_passwords_at_once_one_code_is_live_at_the_end_and_it_opens_the_account()
    {
        await using var site = await TestSite.StartWithFarEndInRealTimeAsync();
        var person = await site.PersonWithTwoFactorAsync();
        var browsers = Enumerable.Range(0, 10).Select(_ => site.NewBrowser()).ToArray();
        var pages = await Task.WhenAll(browsers.Select(browser => LoginPage.OpenAsync(browser)));

        var answers = await Task.WhenAll(
            pages.Select(page => page.SubmitAsync(person.Email, person.Password))
        );

        site.ShouldHaveLoggedNoError();
        Assert.All(answers, answer => answer.ShouldBe(CodePage.Path));
        Assert.Equal(1, await site.CountLiveChallengesAsync());
        var opened = 0;
        var pin = await site.LivePinAsync();
        foreach (
            var (browser, answer) in browsers.Zip(answers).Where(pair => pair.Second.Has("form"))
        )
        {
            await browser.SubmitAsync(answer, "form", ("Input.TwoFactorCode", pin));
            opened += await browser.IsSignedInAsync() ? 1 : 0;
        }

        Assert.Equal(1, opened);
    }

    [Fact]
    public async Task Given_the_same_new_number_proved_ten_times_at_once_the_account_ends_in_one_state_and_no_page_fails()
    {
        await using var site = await TestSite.StartWithFarEndInRealTimeAsync();
        var person = Person.New();
        var browser = site.NewBrowser();
        await browser.RegisterAsync(person);
        await browser.SignInAsync(person);
        var page = await browser.StartNumberAsync(person.Number);
        var right = site.CodeOnPhone(person);
        site.Infobip.Faults.ForAll(InfobipOperation.VerifyPin, BelievesEverything);

        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 10)
                .Select(_ =>
                    browser
                        .CloneTo(site.Host)
                        .PostAsync(page, "#verify-phone-number", ("Input.Code", right))
                )
        );

        Assert.All(answers, answer => Assert.InRange((int)answer.StatusCode, 200, 302));
        Assert.Single(
            answers,
            answer => answer.Headers.Location?.OriginalString == TwoFactorPage.Path
        );
    }

    [Fact]
    public async Task Given_two_instances_on_one_database_a_burst_over_both_is_counted_once()
    {
        await using var site = await TestSite.StartWithFarEndInRealTimeAsync();
        var second = site.StartHost();
        var person = await site.PersonWithTwoFactorAsync();
        var browser = site.NewBrowser();
        var code = await browser.TypePasswordAsync(person);
        var before = site.Verifies;
        var wrong = site.WrongCode(person);
        site.Infobip.Faults.ForAll(InfobipOperation.VerifyPin, Fault.Delayed(Slow));

        var answers = await BurstAsync(
            site,
            60,
            _ => (browser, code.Page, wrong),
            i => i % 2 == 0 ? site.Host : second
        );

        Assert.InRange(site.Verifies - before, 1, 5);
        Assert.All(
            answers,
            answer => Assert.Equal(System.Net.HttpStatusCode.OK, answer.StatusCode)
        );
        Assert.All(
            await Task.WhenAll(answers.Select(answer => answer.Content.ReadAsStringAsync())),
            html => Assert.Contains("There is a problem", html, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Given_two_instances_ten_right_codes_over_both_begin_exactly_one_session()
    {
        await using var site = await TestSite.StartWithFarEndInRealTimeAsync();
        var second = site.StartHost();
        var person = await site.PersonWithTwoFactorAsync();
        var browser = site.NewBrowser();
        var code = await browser.TypePasswordAsync(person);
        var right = site.CodeOnPhone(person);
        site.Infobip.Faults.ForAll(InfobipOperation.VerifyPin, BelievesEverything);

        await BurstAsync(
            site,
            10,
            _ => (browser, code.Page, right),
            i => i % 2 == 0 ? site.Host : second
        );

        Assert.Equal(1, await site.CountSessionsAsync());
    }

    [Fact]
    public async Task Given_two_instances_a_sign_in_begun_on_one_ends_on_the_other_and_sign_out_counts_on_both()
    {
        await using var site = await TestSite.StartWithFarEndInRealTimeAsync();
        var second = site.StartHost();
        var person = await site.PersonWithTwoFactorAsync();
        var onFirst = site.NewBrowser();
        await onFirst.TypePasswordAsync(person);
        var onSecond = onFirst.CloneTo(second);
        var page = new CodePage(onSecond, await onSecond.GoAsync(CodePage.Path));

        await page.SubmitAsync(site.CodeOnPhone(person));

        Assert.True(await onSecond.IsSignedInAsync());
        var backOnFirst = onSecond.CloneTo(site.Host);
        Assert.True(await backOnFirst.IsSignedInAsync());
        await backOnFirst.SignOutAsync();
        Assert.False(await onSecond.IsSignedInAsync());
    }

    [Fact]
    public async Task Given_a_restart_between_password_and_code_nothing_is_lost()
    {
        await using var site = await TestSite.StartWithFarEndInRealTimeAsync();
        var person = await site.PersonWithTwoFactorAsync();
        var browser = site.NewBrowser();
        var code = await browser.TypePasswordAsync(person);

        await site.RestartAsync();
        var after = browser.CloneTo(site.Host);
        await after.SubmitAsync(
            code.Page,
            "form",
            ("Input.TwoFactorCode", site.CodeOnPhone(person))
        );

        Assert.True(await after.IsSignedInAsync());
        await site.RestartAsync();
        Assert.True(await after.CloneTo(site.Host).IsSignedInAsync());
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Given_two_instances_ten_requests_for_the_code_at_once_send_it_as_often_as_it_may_go_out(
        int most
    )
    {
        var reservations = new StatementsThatMeet("UPDATE \"PinChallenges\"", "\"SendCount\"");
        await using var site = await TestSite.StartAsync(
            "Development",
            services =>
                services.ConfigureDbContext<SqliteOtp2faDbContext>(options =>
                    options.AddInterceptors(reservations)
                ),
            ("TwoFactor:MaxSends", $"{most}"),
            // Without waits and windows, so that it is this statement alone that decides.
            ("Limits:FirstWait", "00:00:00"),
            ("Limits:SecondWait", "00:00:00"),
            ("Limits:LaterWait", "00:00:00"),
            ("Limits:SendsPer10Minutes", "100"),
            ("Limits:SendsPerHour", "100"),
            ("Limits:SendsPerDay", "100")
        );
        var second = site.StartHost();
        var person = await site.PersonWithTwoFactorAsync();
        var browser = site.NewBrowser();
        var code = await browser.TypePasswordAsync(person);
        site.Clock.Advance(TimeSpan.FromSeconds(40));
        var page = await browser.GoAsync("/Identity/Account/ResendCode");
        var sends = site.Sends;
        reservations.Expect(10);

        var senders = Enumerable
            .Range(0, 10)
            .Select(i => (browser.CloneTo(i % 2 == 0 ? site.Host : second), i % 4 < 2))
            .ToArray();
        var answers = await Task.WhenAll(
            senders.Select(s =>
                Task.Run(() =>
                    s.Item1.PostAsync(page, "#resend-code", ("channel", s.Item2 ? "Sms" : "Voice"))
                )
            )
        );

        site.ShouldHaveLoggedNoError();
        Assert.Equal(
            most - 1,
            site.Infobip.Calls.Count(InfobipOperation.ResendPin)
                + site.Infobip.Calls.Count(InfobipOperation.ResendPinByVoice)
        );
        Assert.Equal(sends, site.Sends);
        Assert.Equal(most - 1, answers.Count(answer => answer.Headers.Location is not null));
        Assert.All(
            await Task.WhenAll(
                answers
                    .Where(answer => answer.Headers.Location is null)
                    .Select(answer => answer.Content.ReadAsStringAsync())
            ),
            html =>
                Assert.Contains(
                    "This code was asked for as often as one may.",
                    html,
                    StringComparison.Ordinal
                )
        );
        Assert.Equal((0, most), await site.NewestCountsAsync());
        await code.SubmitAsync(site.CodeOnPhone(person));
        Assert.True(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task Given_a_try_that_an_outage_stops_while_another_uses_the_code_up_the_code_stays_used_up()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        var browser = site.NewBrowser();
        var code = await browser.TypePasswordAsync(person);
        var release = new TaskCompletionSource();
        site.Infobip.Faults.ForNext(
            InfobipOperation.VerifyPin,
            Fault.WithBody("""{"verified":false,"pinError":"NO_MORE_PIN_ATTEMPTS"}""") with
            {
                AnswerAfter = release.Task,
            }
        );
        var before = site.Verifies;

        var exhausting = SubmitAsync();
        await site.EventuallyAsync(() => Task.FromResult(site.Verifies == before + 1));
        site.ChangeSetting("Outage:Declared", "true");
        var stopped = await SubmitAsync();
        var during = await site.NewestCountsAsync();
        release.SetResult();
        var exhausted = await exhausting;

        stopped.ShouldSay("Yours was not tried.").ShouldSay("this code takes 4 more tries");
        Assert.Equal((1, 1), during);
        exhausted.ShouldSay("This code was tried too often or used already");
        Assert.Equal((1, 1), await site.NewestCountsAsync());
        Assert.False((await browser.GoAsync(CodePage.Path)).Has("main form"));
        Assert.Equal(before + 1, site.Verifies);

        Task<HtmlPage> SubmitAsync() =>
            browser
                .CloneTo(site.Host)
                .SubmitAsync(code.Page, "form", ("Input.TwoFactorCode", site.CodeOnPhone(person)));
    }

    [Fact]
    public async Task Given_a_try_that_an_outage_stopped_while_another_used_the_code_up_giving_it_back_revives_nothing()
    {
        var (stopped, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var site = await TestSite.StartAsync(
            "Development",
            services =>
            {
                services.AddTransient<InfobipPinProvider>();
                services.AddTransient<IPinProvider>(provider => new PausedWhenNotAsked(
                    provider.GetRequiredService<InfobipPinProvider>(),
                    stopped,
                    goOn.Task
                ));
            }
        );
        var person = await site.PersonWithTwoFactorAsync();
        var browser = site.NewBrowser();
        var code = await browser.TypePasswordAsync(person);
        site.Infobip.Faults.ForNext(
            InfobipOperation.VerifyPin,
            Fault.WithBody("""{"verified":false,"pinError":"NO_MORE_PIN_ATTEMPTS"}""")
        );

        site.ChangeSetting("Outage:Declared", "true");
        var notAsked = SubmitAsync();
        await stopped.Task;
        site.ChangeSetting("Outage:Declared", "false");
        (await SubmitAsync()).ShouldSay("This code was tried too often or used already");
        goOn.SetResult();
        var answer = await notAsked;

        var (attempts, most) = await site.InDatabaseAsync(db =>
            db.PinChallenges.OrderByDescending(c => c.Id)
                .Select(c => ValueTuple.Create(c.Attempts, c.MaxAttempts))
                .FirstAsync()
        );
        Assert.InRange(attempts, most, int.MaxValue);
        Assert.False(answer.Has("main form"));
        Assert.False((await browser.GoAsync(CodePage.Path)).Has("main form"));

        Task<HtmlPage> SubmitAsync() =>
            browser
                .CloneTo(site.Host)
                .SubmitAsync(code.Page, "form", ("Input.TwoFactorCode", site.CodeOnPhone(person)));
    }

    /// <summary>Infobip, but what it was not asked is answered late: for what happens to a try meanwhile.</summary>
    private sealed class PausedWhenNotAsked(
        IPinProvider inner,
        TaskCompletionSource stopped,
        Task goOn
    ) : IPinProvider
    {
        public bool IsDown => inner.IsDown;

        public Task<PinSendAnswer> SendAsync(PhoneNumber to, PinChannel channel) =>
            inner.SendAsync(to, channel);

        public Task<PinSendAnswer> ResendAsync(
            string pinId,
            PhoneNumber sentTo,
            PinChannel channel
        ) => inner.ResendAsync(pinId, sentTo, channel);

        public async Task<PinVerifyAnswer> VerifyAsync(
            string pinId,
            PhoneNumber sentTo,
            PinCode pin
        )
        {
            var answer = await inner.VerifyAsync(pinId, sentTo, pin);
            if (answer.Status == PinVerifyStatus.NotAsked)
            {
                stopped.SetResult();
                await goOn;
            }

            return answer;
        }
    }

    private static async Task<HttpResponseMessage[]> BurstAsync(
        TestSite site,
        int count,
        Func<int, (Browser Browser, HtmlPage Page, string Code)> request,
        Func<int, SiteFactory>? host = null
    )
    {
        // Each with its own copy of the cookies, all sent before any is answered.
        var senders = Enumerable
            .Range(0, count)
            .Select(i =>
                (request(i), Sender: request(i).Browser.CloneTo(host?.Invoke(i) ?? site.Host))
            )
            .ToArray();
        var answers = await Task.WhenAll(
            senders.Select(s =>
                Task.Run(() =>
                    s.Sender.PostAsync(s.Item1.Page, "form", ("Input.TwoFactorCode", s.Item1.Code))
                )
            )
        );
        site.ShouldHaveLoggedNoError();
        return answers;
    }
}

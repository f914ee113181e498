using Otp2fa.InfobipSimulator.Api;
using Otp2fa.InfobipSimulator.Calls;
using Otp2fa.InfobipSimulator.Faults;
using Otp2fa.Web.Tests.Site;
using Otp2fa.Web.Tests.Site.Pages;

namespace Otp2fa.Web.Tests.Scenarios;

/// <summary>Requests that arrive at the same time, for real: nothing here is simulated but Infobip.</summary>
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
        Assert.Equal(0, await site.PasswordFailuresAsync(person));
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

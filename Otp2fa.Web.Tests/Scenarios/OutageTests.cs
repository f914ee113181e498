using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using Otp2fa.InfobipSimulator.Api;
using Otp2fa.InfobipSimulator.Faults;
using Otp2fa.Web.Tests.Site;
using Otp2fa.Web.Tests.Site.Pages;

namespace Otp2fa.Web.Tests.Scenarios;

[Trait("Covers", "R08")]
[Trait("Covers", "T16")]
public sealed class OutageTests
{
    [Fact]
    public async Task Given_Infobip_down_at_the_send_nobody_is_let_in_and_the_page_says_what_to_do()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        site.Infobip.Faults.ForAll(InfobipOperation.SendPin, Fault.WithStatus(503));
        var browser = site.NewBrowser();

        var answer = await (await LoginPage.OpenAsync(browser)).SubmitAsync(
            person.Email,
            person.Password
        );

        answer
            .ShouldBe(CodePage.Path)
            .ShouldSay(
                "We cannot send codes at the moment. Nothing is wrong with your account. Wait a few minutes and try again."
            );
        Assert.True(answer.Has("#new-code[href^='/Identity/Account/ResendCode']"));
        Assert.False(await browser.IsSignedInAsync());
        Assert.Equal(0, await site.PasswordFailuresAsync());

        site.Infobip.Faults.Clear();
        site.Clock.Advance(TimeSpan.FromSeconds(30));
        var code = await browser.TypePasswordAsync(person);
        await code.SubmitAsync(site.CodeOnPhone(person));
        Assert.True(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task Given_Infobip_down_at_a_second_send_the_code_of_another_browser_still_works()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        var first = site.NewBrowser();
        var code = await first.TypePasswordAsync(person);
        site.Infobip.Faults.ForNext(InfobipOperation.SendPin, Fault.WithStatus(500));
        await (await LoginPage.OpenAsync(site.NewBrowser())).SubmitAsync(
            person.Email,
            person.Password
        );

        await code.SubmitAsync(site.CodeOnPhone(person));

        Assert.True(await first.IsSignedInAsync());
    }

    [Fact]
    public async Task Given_a_message_that_was_not_sent_the_page_says_so()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        site.Infobip.Faults.ForNext(InfobipOperation.SendPin, Fault.MessageNotSent());

        var answer = await (await LoginPage.OpenAsync(site.NewBrowser())).SubmitAsync(
            person.Email,
            person.Password
        );

        answer.ShouldBe(CodePage.Path).ShouldSay("Your code did not go out.");
    }

    public static TheoryData<string> DownAtVerify =>
        new("503", "500", "malformed", "empty", "html", "cut", "verified is a string");

    [Theory]
    [MemberData(nameof(DownAtVerify))]
    public async Task Given_Infobip_down_at_the_check_nobody_is_let_in_nothing_is_counted_and_the_code_works_later(
        string fault
    )
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        var browser = site.NewBrowser();
        var code = await browser.TypePasswordAsync(person);
        var before = site.Verifies;
        site.Infobip.Faults.ForNext(
            InfobipOperation.VerifyPin,
            fault switch
            {
                "503" => Fault.WithStatus(503),
                "500" => Fault.WithStatus(500),
                "malformed" => Fault.MalformedBody(),
                "empty" => Fault.EmptyBody(),
                "html" => Fault.HtmlBody(),
                "cut" => Fault.CutBefore(),
                "verified is a string" => Fault.WithBody("""{"verified":"true"}"""),
                _ => throw new ArgumentOutOfRangeException(nameof(fault)),
            }
        );

        var answer = await code.SubmitAsync(site.CodeOnPhone(person));

        Assert.Equal(
            [
                "We cannot check codes at the moment. Your account is not affected. Wait a minute and enter the code again; this code takes 4 more tries.",
            ],
            answer.Errors
        );
        Assert.Equal(before + 1, site.Verifies);
        Assert.False(await browser.IsSignedInAsync());
        Assert.Equal(0, await site.PasswordFailuresAsync());

        await new CodePage(browser, answer).SubmitAsync(site.CodeOnPhone(person));
        Assert.True(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task Given_an_answer_lost_after_Infobip_took_the_code_nobody_is_let_in_and_a_new_sign_in_works()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        var browser = site.NewBrowser();
        var code = await browser.TypePasswordAsync(person);
        site.Infobip.Faults.ForNext(InfobipOperation.VerifyPin, Fault.CutAfter());

        var lost = await code.SubmitAsync(site.CodeOnPhone(person));
        lost.ShouldSay("We cannot check codes at the moment.");
        site.Clock.Advance(TimeSpan.FromSeconds(2));
        var again = await code.SubmitAsync(site.CodeOnPhone(person));

        // Infobip used the PIN up and the site never learned of it: the one honest way on is a new code.
        Assert.Equal(
            ["This code was tried too often or used already, and cannot be used any more."],
            again.Errors
        );
        Assert.False(await browser.IsSignedInAsync());
        site.Clock.Advance(TimeSpan.FromSeconds(30));
        var anew = await browser.TypePasswordAsync(person);
        await anew.SubmitAsync(site.CodeOnPhone(person));
        Assert.True(await browser.IsSignedInAsync());
    }

    [Theory]
    [InlineData(404, null)]
    [InlineData(200, """{"verified":false,"pinError":"TTL_EXPIRED"}""")]
    public async Task Given_Infobip_does_not_know_the_PIN_any_more_the_page_says_expired_and_stays_so(
        int status,
        string? body
    )
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        var browser = site.NewBrowser();
        var code = await browser.TypePasswordAsync(person);
        site.Infobip.Faults.ForNext(
            InfobipOperation.VerifyPin,
            body is null ? Fault.WithStatus(status) : Fault.WithBody(body)
        );

        var answer = await code.SubmitAsync(site.CodeOnPhone(person));

        Assert.Equal(["That code has expired."], answer.Errors);
        (await browser.GoAsync(CodePage.Path)).ShouldSay("That code has expired.");
        Assert.False((await browser.GoAsync(CodePage.Path)).Has("main form"));
    }

    [Fact]
    public async Task Given_five_outages_at_the_check_the_last_one_says_to_get_a_new_code()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        var browser = site.NewBrowser();
        var code = await browser.TypePasswordAsync(person);
        site.Infobip.Faults.ForAll(InfobipOperation.VerifyPin, Fault.WithStatus(503));
        for (var i = 0; i < 4; i++)
        {
            (await code.SubmitAsync(site.CodeOnPhone(person))).ShouldSay(
                "Wait a minute and enter the code again;"
            );
        }

        var last = await code.SubmitAsync(site.CodeOnPhone(person));

        Assert.Equal(
            [
                "We could not check your code, and it was tried too often to be tried again. Wait a minute and get a new code.",
            ],
            last.Errors
        );
        Assert.False(last.Has("main form"));
        Assert.True(last.Has("#new-code[href^='/Identity/Account/ResendCode']"));
        Assert.Equal(0, await site.PasswordFailuresAsync());
    }

    [Fact]
    public async Task Given_Infobip_throttles_the_sends_of_a_number_the_page_says_that_trying_again_soon_will_not_help()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        site.Infobip.Faults.ForNext(InfobipOperation.SendPin, Fault.Throttled());

        var answer = await (await LoginPage.OpenAsync(site.NewBrowser())).SubmitAsync(
            person.Email,
            person.Password
        );

        answer
            .ShouldBe(CodePage.Path)
            .ShouldSay("Trying again soon will not help; try again tomorrow.");
    }

    [Fact]
    public async Task Given_sessions_that_cannot_be_read_there_is_an_error_page_and_nobody_is_believed()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var browser = site.NewBrowser();
        await browser.EnrolAsync(site, person);
        // As a database would that lost a table, or is not there.
        await site.InDatabaseAsync(db =>
            db.Database.ExecuteSqlRawAsync("ALTER TABLE Sessions RENAME TO Lost")
        );

        var page = await browser.GoAsync("/Identity/Account/Manage");

        Assert.Equal(System.Net.HttpStatusCode.InternalServerError, page.Status);
        page.ShouldSay("Something went wrong on our side");
        Assert.False(page.Has("#manage"));
        // The reference that a person reads out is the one the log has, on the console too.
        var reference = page.One<IHtmlElement>("code").TextContent;
        Assert.Contains(
            site.Logs.Lines,
            line =>
                line.StartsWith("Error", StringComparison.Ordinal)
                && line.Contains(reference, StringComparison.Ordinal)
        );
        Assert.Contains(
            "{TraceId}",
            site.Setting("Serilog:WriteTo:0:Args:outputTemplate"),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("no number", "has no proved phone number")]
    [InlineData("throttled", "try again tomorrow")]
    [InlineData("number refused", "somebody has to help")]
    public async Task Given_that_no_new_code_would_help_the_page_says_who_can_and_offers_none(
        string cause,
        string sentence
    )
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        if (cause == "no number")
        {
            await site.UnconfirmNumberAsync(person.Email);
        }

        site.Infobip.Faults.ForAll(
            InfobipOperation.SendPin,
            cause == "number refused"
                ? Fault.WithBody(
                    """{"requestError":{"serviceException":{"messageId":"BAD_REQUEST","validationErrors":{"to":["x"]}}}}""",
                    status: 400
                )
                : Fault.Throttled()
        );

        var page = await (await LoginPage.OpenAsync(site.NewBrowser())).SubmitAsync(
            person.Email,
            person.Password
        );

        page.ShouldBe(CodePage.Path).ShouldSay(sentence).ShouldSay("We cannot send you a code");
        Assert.Equal(
            "Who can help: support@otp2fa.example",
            page.One<IHtmlElement>("#who-helps").TextContent
        );
        Assert.False(page.Has("main a.button"));
    }

    [Fact]
    public async Task Given_an_outage_that_is_known_the_site_answers_without_asking_and_sends_again_when_it_is_over()
    {
        await using var site = await TestSite.StartAsync(("Outage:MinimumCalls", "2"));
        var person = await site.PersonWithTwoFactorAsync();
        var another = await site.PersonWithTwoFactorAsync();
        site.Clock.Advance(TimeSpan.FromSeconds(40));
        site.Infobip.Faults.ForAll(InfobipOperation.SendPin, Fault.WithStatus(503));
        await TypePasswordAsync(site, person);
        await TypePasswordAsync(site, another);

        var sends = site.Sends;
        var page = await TypePasswordAsync(site, person);

        page.ShouldBe(CodePage.Path).ShouldSay("Codes are delayed for everybody at the moment");
        Assert.True(page.Has("#new-code[href^='/Identity/Account/ResendCode']"));
        Assert.Equal(sends, site.Sends);
        Assert.Equal(0, await site.PasswordFailuresAsync());
        Assert.Equal(0, await site.CountSessionsAsync());
        Assert.Single(
            site.Logs.Lines,
            line => line.Contains(" fail or are slow: none is made", StringComparison.Ordinal)
        );

        site.Infobip.Faults.Clear();
        site.Clock.Advance(TimeSpan.FromSeconds(30));
        await site.ShouldRecoverAsync();
        var browser = site.NewBrowser();
        await (await browser.TypePasswordAsync(person)).SubmitAsync(site.CodeOnPhone(person));
        Assert.True(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task Given_an_outage_of_the_checks_a_typed_code_costs_nothing_and_works_when_it_is_over()
    {
        await using var site = await TestSite.StartAsync(("Outage:MinimumCalls", "2"));
        var person = await site.PersonWithTwoFactorAsync();
        var browser = site.NewBrowser();
        var code = await browser.TypePasswordAsync(person);
        site.Clock.Advance(TimeSpan.FromSeconds(40));
        site.Infobip.Faults.ForAll(InfobipOperation.VerifyPin, Fault.WithStatus(503));
        await code.SubmitAsync(site.CodeOnPhone(person));
        await code.SubmitAsync(site.CodeOnPhone(person));
        var before = site.Verifies;

        for (var i = 0; i < 10; i++)
        {
            var answer = await code.SubmitAsync(site.CodeOnPhone(person));
            Assert.Equal(
                [
                    "Codes cannot be checked for anybody at the moment. Yours was not tried. Enter it again in a minute; this code takes 3 more tries.",
                ],
                answer.Errors
            );
        }

        Assert.Equal(before, site.Verifies);
        Assert.Equal(0, await site.PasswordFailuresAsync());
        site.Infobip.Faults.Clear();
        site.Clock.Advance(TimeSpan.FromSeconds(30));
        await site.ShouldRecoverAsync();
        await code.SubmitAsync(site.CodeOnPhone(person));
        Assert.True(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task Given_checks_that_are_down_no_code_is_sent_that_could_not_be_checked()
    {
        await using var site = await TestSite.StartAsync(("Outage:MinimumCalls", "2"));
        var person = await site.PersonWithTwoFactorAsync();
        var code = await site.NewBrowser().TypePasswordAsync(person);
        site.Clock.Advance(TimeSpan.FromSeconds(40));
        site.Infobip.Faults.ForAll(InfobipOperation.VerifyPin, Fault.WithStatus(503));
        await code.SubmitAsync(site.CodeOnPhone(person));
        await code.SubmitAsync(site.CodeOnPhone(person));
        var sends = site.Sends;

        var page = await TypePasswordAsync(site, person);

        page.ShouldBe(CodePage.Path).ShouldSay("Codes are delayed for everybody at the moment");
        Assert.Equal(sends, site.Sends);
    }

    [Fact]
    public async Task Given_a_declared_outage_a_recovery_code_is_offered_and_opens_the_account()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var browser = site.NewBrowser();
        await browser.RegisterAsync(person);
        await browser.SignInAsync(person);
        var shown = await (await browser.ProveNumberAsync(site, person)).TurnOnAndLookAsync();
        await shown.KeepAsync();
        await browser.SignOutAsync();
        site.ChangeSetting("Outage:Declared", "true");

        var page = await TypePasswordIn(browser, person);
        page.ShouldSay("Codes are delayed for everybody at the moment");
        var recovery = await browser.GoAsync(
            page.One<IHtmlAnchorElement>("#recovery-code-login").GetAttribute("href")!
        );
        await browser.SubmitAsync(recovery, "form", ("Input.RecoveryCode", shown.Codes[0]));

        Assert.True(await browser.IsSignedInAsync());

        static async Task<HtmlPage> TypePasswordIn(Browser browser, Person person) =>
            await (await LoginPage.OpenAsync(browser)).SubmitAsync(person.Email, person.Password);
    }

    [Fact]
    public async Task Given_a_declared_outage_nobody_is_let_in_by_the_password_alone_and_the_rest_of_the_site_works()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        var sends = site.Sends;
        site.ChangeSetting("Outage:Declared", "true");

        var browser = site.NewBrowser();
        var page = await (await LoginPage.OpenAsync(browser)).SubmitAsync(
            person.Email,
            person.Password
        );

        page.ShouldBe(CodePage.Path).ShouldSay("Codes are delayed for everybody at the moment");
        Assert.False(await browser.IsSignedInAsync());
        Assert.Equal(sends, site.Sends);
        var newcomer = Person.New();
        await browser.RegisterAsync(newcomer);
        await browser.SignInAsync(newcomer);
        (await browser.StartNumberAsync(newcomer.Number)).ShouldSay(
            "Codes are delayed for everybody at the moment"
        );

        site.ChangeSetting("Outage:Declared", "false");
        await browser.ProveNumberAsync(site, newcomer);
    }

    private static async Task<HtmlPage> TypePasswordAsync(TestSite site, Person person) =>
        await (await LoginPage.OpenAsync(site.NewBrowser())).SubmitAsync(
            person.Email,
            person.Password
        );

    [Fact]
    public async Task Given_a_sign_in_that_is_done_the_code_page_leads_on_and_not_to_another_sign_in()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        var browser = site.NewBrowser();
        var code = await browser.TypePasswordAsync(person);
        await code.SubmitAsync(site.CodeOnPhone(person));

        (await browser.GoAsync(CodePage.Path + "?ReturnUrl=%2FPrivacy")).ShouldBe("/Privacy");
    }

    [Fact]
    public async Task Given_Infobip_wants_a_moment_between_tries_the_page_does_not_call_the_code_wrong()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        var browser = site.NewBrowser();
        var code = await browser.TypePasswordAsync(person);
        site.Infobip.Faults.ForNext(InfobipOperation.VerifyPin, Fault.Throttled());

        var answer = await code.SubmitAsync(site.CodeOnPhone(person));

        Assert.Equal(
            [
                "That was too quick. Your code was not checked. Wait a few seconds and enter it again; this code takes 4 more tries.",
            ],
            answer.Errors
        );
        await new CodePage(browser, answer).SubmitAsync(site.CodeOnPhone(person));
        Assert.True(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task Given_wrong_credentials_for_Infobip_nobody_is_let_in_and_the_log_has_an_error()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        site.Infobip.Faults.ForNext(InfobipOperation.SendPin, Fault.WithStatus(401));
        var browser = site.NewBrowser();

        var answer = await (await LoginPage.OpenAsync(browser)).SubmitAsync(
            person.Email,
            person.Password
        );

        answer.ShouldBe(CodePage.Path).ShouldSay("We cannot send codes at the moment.");
        Assert.Contains(
            site.Logs.Lines,
            line => line.StartsWith("Error", StringComparison.Ordinal)
        );
        Assert.False(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task Given_a_number_that_lost_its_proof_the_password_alone_still_opens_nothing()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        await site.UnconfirmNumberAsync(person.Email);
        var before = site.Sends;
        var browser = site.NewBrowser();

        var answer = await (await LoginPage.OpenAsync(browser)).SubmitAsync(
            person.Email,
            person.Password
        );

        answer
            .ShouldBe(CodePage.Path)
            .ShouldSay("Your account has no proved phone number that we could send a code to.");
        Assert.False(await browser.IsSignedInAsync());
        Assert.Equal(before, site.Sends);
    }
}

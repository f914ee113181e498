using System.Net;
using Microsoft.EntityFrameworkCore;
using Otp2fa.Web.Tests.Site;
using Otp2fa.Web.Tests.Site.Pages;
using static Otp2fa.Web.Tests.Site.MailStories;

namespace Otp2fa.Web.Tests.Scenarios;

/// <summary>A new password for who has the mailbox, and for nobody else.</summary>
[Trait("Covers", "R07")]
[Trait("Covers", "R09")]
[Trait("Covers", "R28")]
[Trait("Covers", "R38")]
[Trait("Covers", "T12")]
[Trait("Covers", "T23")]
[Trait("Covers", "T26")]
[Trait("Covers", "L16")]
public sealed class PasswordResetTests
{
    private const string NewPassword = "quite another set of words";
    private const string Dead = "This link does not work any more, or it is not for this address.";

    [Fact]
    public async Task Given_a_forgotten_password_the_mailed_link_sets_a_new_one()
    {
        await using var site = await TestSite.StartAsync();
        var person = await RegisteredAsync(site);
        var browser = site.NewBrowser();
        var letter = await site.ResetLetterAsync(browser, person.Email);

        var page = await browser.ResetAsync(letter, person.Email, NewPassword);

        page.ShouldBe($"{Account}/ResetPasswordConfirmation");
        Assert.False(await browser.OpensAsync(person.Email, person.Password));
        Assert.True(await browser.OpensAsync(person.Email, NewPassword));
    }

    [Fact]
    public async Task A_reset_signs_nobody_in()
    {
        await using var site = await TestSite.StartAsync();
        var person = await RegisteredAsync(site);
        var browser = site.NewBrowser();

        await browser.ResetAsync(
            await site.ResetLetterAsync(browser, person.Email),
            person.Email,
            NewPassword
        );

        Assert.False(await browser.IsSignedInAsync());
        Assert.Null(browser.CookieValue("Otp2fa.Session"));
        Assert.Equal(0, await site.CountSessionsAsync());
    }

    [Fact]
    public async Task A_reset_leaves_the_second_factor_as_it_is_and_asks_for_it()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        var browser = site.NewBrowser();
        var codes = await site.InDatabaseAsync(db => db.RecoveryCodes.CountAsync());

        await browser.ResetAsync(
            await site.ResetLetterAsync(browser, person.Email),
            person.Email,
            NewPassword
        );

        site.Clock.Advance(TimeSpan.FromMinutes(1));
        var code = await browser.TypePasswordAsync(person with { Password = NewPassword });
        Assert.False(await browser.IsSignedInAsync());
        await code.SubmitAsync(site.CodeOnPhone(person));
        Assert.True(await browser.IsSignedInAsync());
        Assert.Equal(codes, await site.InDatabaseAsync(db => db.RecoveryCodes.CountAsync()));
    }

    [Fact]
    public async Task A_reset_ends_every_session_and_every_remembered_browser_its_own_included()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        var (here, elsewhere) = (site.NewBrowser(), site.NewBrowser());
        foreach (var browser in new[] { here, elsewhere })
        {
            site.Clock.Advance(TimeSpan.FromMinutes(3));
            await (await browser.TypePasswordAsync(person)).SubmitAndRememberAsync(
                site.CodeOnPhone(person)
            );
            Assert.True(await browser.IsSignedInAsync());
        }

        await here.ResetAsync(
            await site.ResetLetterAsync(here, person.Email),
            person.Email,
            NewPassword
        );

        Assert.False(await here.IsSignedInAsync());
        Assert.False(await elsewhere.IsSignedInAsync());
        site.Clock.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal(
            $"{Account}/LoginWith2fa",
            (await elsewhere.TypePasswordAsync(person with { Password = NewPassword })).Page.Path
        );
    }

    [Fact]
    public async Task Somebody_else_who_is_signed_in_in_the_same_browser_stays_so()
    {
        await using var site = await TestSite.StartAsync();
        var (person, other) = (await RegisteredAsync(site), await RegisteredAsync(site));
        var browser = site.NewBrowser();
        await browser.SignInAsync(other);

        await browser.ResetAsync(
            await site.ResetLetterAsync(browser, person.Email),
            person.Email,
            NewPassword
        );

        Assert.True(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task The_code_of_the_link_leaves_the_address_at_once_and_stands_in_no_page()
    {
        await using var site = await TestSite.StartAsync();
        var person = await RegisteredAsync(site);
        var browser = site.NewBrowser();
        var letter = await site.ResetLetterAsync(browser, person.Email);

        var first = await browser.SendAsync(
            new HttpRequestMessage(
                HttpMethod.Get,
                new Uri($"https://localhost{letter.PathAndQuery}")
            )
        );

        Assert.Equal(
            (HttpStatusCode.Found, $"{Account}/ResetPassword"),
            (first.StatusCode, first.Headers.Location?.OriginalString)
        );
        Assert.Equal("no-referrer", first.Headers.GetValues("Referrer-Policy").Single());
        var page = await browser.GoAsync($"{Account}/ResetPassword");
        var code = letter.PathAndQuery.Split("code=")[1];
        Assert.DoesNotContain(code, page.Html, StringComparison.Ordinal);
        (await browser.TypeResetAsync(page, person.Email, NewPassword)).ShouldBe(
            $"{Account}/ResetPasswordConfirmation"
        );
        Assert.Null(browser.CookieValue("Otp2fa.MailedLink.ResetPassword"));
    }

    [Fact]
    public async Task A_link_works_once()
    {
        await using var site = await TestSite.StartAsync();
        var person = await RegisteredAsync(site);
        var browser = site.NewBrowser();
        var letter = await site.ResetLetterAsync(browser, person.Email);
        await browser.ResetAsync(letter, person.Email, NewPassword);

        var again = await browser.ResetAsync(letter, person.Email, "a third set of good words");

        again.ShouldSay(Dead);
        Assert.True(await browser.OpensAsync(person.Email, NewPassword));
    }

    [Fact]
    public async Task Of_a_link_used_ten_times_at_once_one_use_counts()
    {
        await using var site = await TestSite.StartAsync();
        var person = await RegisteredAsync(site);
        var letter = await site.ResetLetterAsync(site.NewBrowser(), person.Email);
        var tabs = new List<(Browser Browser, HtmlPage Page)>();
        for (var i = 0; i < 10; i++)
        {
            var browser = site.NewBrowser();
            tabs.Add((browser, await browser.GoAsync(letter.PathAndQuery)));
        }

        var answers = await Task.WhenAll(
            tabs.Select(
                (tab, i) =>
                    Task.Run(() =>
                        tab.Browser.TypeResetAsync(tab.Page, person.Email, $"{NewPassword} {i}")
                    )
            )
        );

        var winner = Assert.Single(
            answers.Index(),
            answer => answer.Item.Path == $"{Account}/ResetPasswordConfirmation"
        );
        Assert.All(answers.Where((_, i) => i != winner.Index), page => page.ShouldSay(Dead));
        Assert.True(
            await site.NewBrowser().OpensAsync(person.Email, $"{NewPassword} {winner.Index}")
        );
    }

    [Theory]
    [InlineData(59, 59, true)]
    [InlineData(60, 0, false)]
    public async Task A_link_works_for_sixty_minutes(int minutes, int seconds, bool works)
    {
        await using var site = await TestSite.StartAsync();
        var person = await RegisteredAsync(site);
        var browser = site.NewBrowser();
        var letter = await site.ResetLetterAsync(browser, person.Email);

        site.Clock.Advance(new TimeSpan(0, minutes, seconds));
        var page = await browser.ResetAsync(letter, person.Email, NewPassword);

        Assert.Equal(works, page.Path == $"{Account}/ResetPasswordConfirmation");
        Assert.Equal(works, await browser.OpensAsync(person.Email, NewPassword));
    }

    [Fact]
    public async Task A_password_that_may_not_be_used_costs_nothing()
    {
        await using var site = await TestSite.StartAsync();
        var person = await RegisteredAsync(site);
        var browser = site.NewBrowser();
        var letter = await site.ResetLetterAsync(browser, person.Email);

        var refused = await browser.ResetAsync(letter, person.Email, "too short");

        refused.ShouldSay("Use a password of at least 15 characters.");
        (await browser.TypeResetAsync(refused, person.Email, NewPassword)).ShouldBe(
            $"{Account}/ResetPasswordConfirmation"
        );
    }

    [Fact]
    public async Task A_link_is_for_its_address_alone_and_the_answer_tells_no_more()
    {
        await using var site = await TestSite.StartAsync();
        var (person, other) = (await RegisteredAsync(site), await RegisteredAsync(site));
        var browser = site.NewBrowser();
        var letter = await site.ResetLetterAsync(browser, person.Email);

        foreach (var address in new[] { other.Email, "nobody@example.com" })
        {
            (await browser.ResetAsync(letter, address, NewPassword)).ShouldSay(Dead);
        }

        Assert.True(await browser.OpensAsync(other.Email, other.Password));
        // Nothing was lost by it, and the spelling of an address does not matter.
        (await browser.ResetAsync(letter, person.Email.ToUpperInvariant(), NewPassword)).ShouldBe(
            $"{Account}/ResetPasswordConfirmation"
        );
    }

    [Fact]
    public async Task Other_mails_that_strangers_cause_do_not_use_the_links_up()
    {
        await using var site = await TestSite.StartAsync();
        var person = await RegisteredAsync(site);
        for (var i = 0; i < 5; i++)
        {
            await site.NewBrowser().AskConfirmationAsync(person.Email);
        }

        await site.ResetLetterAsync(site.NewBrowser(), person.Email);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?code=")]
    [InlineData("?code=AAAA")]
    [InlineData("?code=%00%01")]
    [InlineData("?code=a%0d%0aSet-Cookie:x=y")]
    public async Task What_is_no_link_says_so_and_does_nothing(string query)
    {
        await using var site = await TestSite.StartAsync();
        var person = await RegisteredAsync(site);
        var browser = site.NewBrowser();

        var page = await browser.GoAsync($"{Account}/ResetPassword{query}");

        (await browser.TypeResetAsync(page, person.Email, NewPassword)).ShouldSay(Dead);
        Assert.True(await browser.OpensAsync(person.Email, person.Password));
    }

    [Fact]
    public async Task A_link_for_one_purpose_is_good_for_no_other()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var browser = site.NewBrowser();
        await (await RegisterPage.OpenAsync(browser)).SubmitAsync(person.Email, person.Password);
        var confirm = (await site.NewestMailAsync(person.Email)).PathAndQuery.Split("code=")[1];
        var reset = (await site.ResetLetterAsync(browser, person.Email)).PathAndQuery.Split(
            "code="
        )[1];

        (
            await browser.TypeResetAsync(
                await browser.GoAsync($"{Account}/ResetPassword?code={confirm}"),
                person.Email,
                NewPassword
            )
        ).ShouldSay(Dead);
        foreach (var page in new[] { "ConfirmEmail", "ConfirmEmailChange", "NotMe" })
        {
            var answer = await browser.SubmitAsync(
                await browser.GoAsync($"{Account}/{page}?code={reset}"),
                "main form"
            );
            answer.ShouldBe($"{Account}/{page}").ShouldSay("This link does not work any more.");
        }
    }

    [Fact]
    public async Task Known_unknown_unconfirmed_and_locked_addresses_get_the_same_answer()
    {
        await using var site = await TestSite.StartAsync();
        var known = await RegisteredAsync(site);
        var locked = await RegisteredAsync(site);
        await site.LockAsync(locked, TimeSpan.FromMinutes(15));
        var unconfirmed = Person.New();
        await (await RegisterPage.OpenAsync(site.NewBrowser())).SubmitAsync(
            unconfirmed.Email,
            unconfirmed.Password
        );

        string[] addresses = [known.Email, locked.Email, unconfirmed.Email, "nobody@example.com"];
        var (forgot, resent) = (new List<string>(), new List<string>());
        foreach (var address in addresses)
        {
            var browser = site.NewBrowser();
            forgot.Add(WithoutToken(await browser.ForgetPasswordAsync(address), address));
            resent.Add(WithoutToken(await browser.AskConfirmationAsync(address), address));
        }

        Assert.Single(forgot.Distinct());
        Assert.Single(resent.Distinct());
        Assert.Contains("Verification email sent.", resent[0], StringComparison.Ordinal);
        var mails = await site.ReadMailsAsync();
        Assert.DoesNotContain(mails, mail => mail.To == "nobody@example.com");
    }

    [Fact]
    public async Task An_unknown_address_is_mailed_nothing_and_its_question_is_not_kept()
    {
        await using var site = await TestSite.StartAsync();

        await site.NewBrowser().ForgetPasswordAsync("nobody@example.com");

        Assert.Equal((1, 0), await site.CountOutboxAsync());
        Assert.Empty(await site.ReadMailsAsync());
        Assert.Equal((0, 0), await site.CountOutboxAsync());
    }

    [Fact]
    public async Task A_reset_confirms_the_address_of_an_account_that_nobody_confirmed()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var browser = site.NewBrowser();
        await (await RegisterPage.OpenAsync(browser)).SubmitAsync(person.Email, person.Password);

        await browser.ResetAsync(
            await site.ResetLetterAsync(browser, person.Email),
            person.Email,
            NewPassword
        );

        await browser.SignInAsync(person with { Password = NewPassword });
    }

    [Fact]
    public async Task A_reset_does_not_end_a_lock_that_somebody_set()
    {
        await using var site = await TestSite.StartAsync();
        var person = await RegisteredAsync(site);
        var browser = site.NewBrowser();
        await site.LockAsync(person, TimeSpan.FromMinutes(15));
        Assert.False(await browser.OpensAsync(person.Email, person.Password));

        await browser.ResetAsync(
            await site.ResetLetterAsync(browser, person.Email),
            person.Email,
            NewPassword
        );

        Assert.False(await browser.OpensAsync(person.Email, NewPassword));
        site.Clock.Advance(TimeSpan.FromMinutes(15));
        Assert.True(await browser.OpensAsync(person.Email, NewPassword));
    }

    [Fact]
    public async Task A_mailbox_gets_three_links_in_an_hour_and_the_answer_stays_the_same()
    {
        await using var site = await TestSite.StartAsync();
        var person = await RegisteredAsync(site);
        site.Clock.Advance(TimeSpan.FromHours(1));
        var browser = site.NewBrowser();
        var before = (await site.ReadMailsAsync()).Count;

        for (var i = 0; i < 5; i++)
        {
            (await browser.ForgetPasswordAsync(person.Email.ToUpperInvariant())).ShouldBe(
                $"{Account}/ForgotPasswordConfirmation"
            );
            site.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(before + 3, (await site.ReadMailsAsync()).Count);
        // The first of them leaves the hour.
        site.Clock.Advance(TimeSpan.FromMinutes(55));
        await browser.ForgetPasswordAsync(person.Email);
        Assert.Equal(before + 4, (await site.ReadMailsAsync()).Count);
    }

    [Fact]
    public async Task Asking_locks_nobody_out()
    {
        await using var site = await TestSite.StartAsync();
        var person = await RegisteredAsync(site);
        for (var i = 0; i < 12; i++)
        {
            await site.NewBrowser().ForgetPasswordAsync(person.Email);
        }

        await site.NewBrowser().SignInAsync(person);
    }

    [Theory]
    [InlineData("ForgotPassword")]
    [InlineData("ResendEmailConfirmation")]
    [InlineData("Register")]
    public async Task A_link_leads_where_the_settings_say_whatever_the_request_calls_the_site(
        string form
    )
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        await (await RegisterPage.OpenAsync(site.NewBrowser())).SubmitAsync(
            person.Email,
            person.Password
        );
        var browser = site.NewBrowser();
        var request = Browser.Request(
            await browser.GoAsync($"{Account}/{form}"),
            "main form",
            ("Input.Email", person.Email),
            ("Input.Password", NewPassword),
            ("Input.ConfirmPassword", NewPassword)
        );
        request.Headers.Host = "evil.example";
        request.Headers.Add("X-Forwarded-Host", "evil.example");
        request.Headers.Add("X-Original-Host", "evil.example");
        request.Headers.Add("Forwarded", "host=evil.example");

        await browser.SendAsync(request);

        var mails = await site.ReadMailsAsync();
        Assert.Equal(2, mails.Count);
        Assert.All(
            mails,
            letter =>
            {
                Assert.Equal("https://localhost", letter.Link.GetLeftPart(UriPartial.Authority));
                Assert.DoesNotContain("evil", letter.Message.ToString(), StringComparison.Ordinal);
            }
        );
    }

    [Theory]
    [InlineData("a@-")]
    [InlineData("@example.com")]
    [InlineData("a@b@example.com")]
    [InlineData("Name <a@example.com>")]
    [InlineData("a@example.com\r\nBcc: b@example.com")]
    [InlineData("not an address")]
    public async Task What_is_no_address_is_asked_for_again(string text)
    {
        await using var site = await TestSite.StartAsync();
        var browser = site.NewBrowser();

        foreach (
            var page in new[]
            {
                await browser.ForgetPasswordAsync(text),
                await browser.AskConfirmationAsync(text),
                await (await RegisterPage.OpenAsync(browser)).SubmitAsync(text, NewPassword),
            }
        )
        {
            page.ShouldSay("Enter an e-mail address in the correct format");
        }

        Assert.Equal((0, 0), await site.CountOutboxAsync());
    }

    [Fact]
    public async Task Without_mail_the_pages_say_so_and_do_nothing()
    {
        await using var site = await TestSite.StartAsync();
        var person = await RegisteredAsync(site);
        var browser = site.NewBrowser();
        var forms = new[]
        {
            await browser.GoAsync($"{Account}/ForgotPassword"),
            await browser.GoAsync($"{Account}/ResendEmailConfirmation"),
            await browser.GoAsync(
                (await site.ResetLetterAsync(browser, person.Email)).PathAndQuery
            ),
            await browser.GoAsync(RegisterPage.Path),
        };
        site.SwitchMailOff();

        foreach (var form in forms)
        {
            // From before, in a window that was open.
            var answer = await browser.SubmitAsync(
                form,
                "main form",
                ("Input.Email", person.Email),
                ("Input.Password", NewPassword),
                ("Input.ConfirmPassword", NewPassword)
            );
            Assert.False(answer.Has("main form"));
        }

        Assert.Equal((0, 0), await site.CountOutboxAsync());
        Assert.True(await browser.OpensAsync(person.Email, person.Password));
        foreach (var page in new[] { "ForgotPassword", "ResendEmailConfirmation", "ResetPassword" })
        {
            var closed = await browser.GoAsync($"{Account}/{page}");
            closed.ShouldSay("This site sends no mail at the moment");
            Assert.False(closed.Has("main form"));
        }

        (await browser.GoAsync(RegisterPage.Path)).ShouldSay("New accounts cannot be created");
    }

    private static string WithoutToken(HtmlPage page, string address)
    {
        foreach (
            var token in page.Document.QuerySelectorAll("input[name=__RequestVerificationToken]")
        )
        {
            token.Remove();
        }

        return $"{page.Path} {page.Status} {page.Document.DocumentElement.OuterHtml}".Replace(
            address,
            "ADDRESS",
            StringComparison.Ordinal
        );
    }

    private static async Task<Person> RegisteredAsync(TestSite site)
    {
        var person = Person.New();
        await site.NewBrowser().RegisterAsync(person);
        return person;
    }
}

using System.Net;
using Microsoft.EntityFrameworkCore;
using Otp2fa.Web.Tests.Site;
using Otp2fa.Web.Tests.Site.Pages;

namespace Otp2fa.Web.Tests.Scenarios;

/// <summary>Requests no page of the site makes. On a real port where the server's own checks of an answer matter.</summary>
[Trait("Covers", "R27")]
[Trait("Covers", "R31")]
[Trait("Covers", "R45")]
[Trait("Covers", "T26")]
public sealed class HostileRequestTests
{
    private static readonly string[] Pages =
    [
        "/",
        "/Privacy",
        "/Error",
        "/no-such-page",
        "/Identity/Account/Login",
        "/Identity/Account/LoginWith2fa",
        "/Identity/Account/Register",
        "/Identity/Account/RegisterConfirmation",
        "/Identity/Account/ConfirmEmail",
        "/Identity/Account/Lockout",
        "/Identity/Account/Logout",
        "/Identity/Account/AccessDenied",
        "/Identity/Account/StepUp",
        "/Identity/Account/StepUpCode",
        "/Identity/Account/Manage",
        "/Identity/Account/Manage/AddPhoneNumber",
        "/Identity/Account/Manage/VerifyPhoneNumber",
        "/Identity/Account/Manage/TwoFactorAuthentication",
    ];

    [Theory]
    [InlineData("OPTIONS")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("PATCH")]
    [InlineData("TRACE")]
    [InlineData("BREW")]
    public async Task Given_a_verb_no_page_has_it_is_refused_and_nothing_fails(string verb)
    {
        await using var site = await TestSite.StartAsync();
        var signedIn = site.NewBrowser();
        await signedIn.EnrolAsync(site, Person.New());
        var before = await site.DumpDatabaseAsync();
        foreach (var browser in new[] { site.NewBrowser(), signedIn })
        {
            foreach (var path in Pages)
            {
                var answer = await browser.SendAsync(
                    new HttpRequestMessage(
                        new HttpMethod(verb),
                        new Uri($"https://localhost{path}")
                    )
                );
                Assert.True((int)answer.StatusCode < 500, $"{verb} {path}: {answer.StatusCode}");
                // The framework answers OPTIONS itself, with nothing.
                var isEmpty = (await answer.Content.ReadAsByteArrayAsync()).Length == 0;
                Assert.True(
                    answer.StatusCode != HttpStatusCode.OK || (verb == "OPTIONS" && isEmpty),
                    $"{verb} {path} was answered."
                );
            }
        }

        site.ShouldHaveLoggedNoError();
        Assert.Equal(before, await site.DumpDatabaseAsync());
    }

    [Fact]
    public async Task Given_a_form_with_a_good_token_sent_to_a_page_without_forms_it_is_refused_and_nothing_fails()
    {
        await using var site = await TestSite.StartAsync();
        var browser = site.NewBrowser();
        await browser.EnrolAsync(site, Person.New());
        var form = await browser.GoAsync("/");
        var posted = new Dictionary<string, HttpStatusCode>(StringComparer.Ordinal);
        foreach (var path in Pages)
        {
            var request = Browser.Request(form, "#logoutForm");
            request.RequestUri = new Uri($"https://localhost{path}");
            if (!path.EndsWith("Logout", StringComparison.Ordinal))
            {
                var answer = await browser.SendAsync(request);
                posted[path] = answer.StatusCode;
            }
        }

        Assert.All(posted, answer => Assert.InRange((int)answer.Value, 200, 405));
        Assert.All(
            new[] { "/", "/Privacy", "/Identity/Account/Manage", "/Identity/Account/Lockout" },
            path => Assert.Equal(HttpStatusCode.MethodNotAllowed, posted[path])
        );
        site.ShouldHaveLoggedNoError();
    }

    [Theory]
    [InlineData("\uffff@example.com")]
    [InlineData("\ufffe")]
    [InlineData("\ud800@example.com")]
    public async Task Given_a_name_that_is_no_well_formed_text_every_step_refuses_it_with_a_sentence(
        string name
    )
    {
        await using var site = await TestSite.StartAsync();
        var browser = site.NewBrowser();

        var login = await (await LoginPage.OpenAsync(browser)).SubmitAsync(
            name,
            "not the password at all"
        );
        Assert.Equal(["Invalid login attempt."], login.Errors);
        var register = await (await RegisterPage.OpenAsync(browser)).SubmitAsync(
            name,
            "correct horse battery"
        );
        Assert.Equal(
            ["Enter an e-mail address in the correct format, like name@example.com."],
            register.Errors
        );
        (
            await browser.GoAsync(
                $"/Identity/Account/RegisterConfirmation?email={Uri.EscapeDataString(name)}"
            )
        ).ShouldBe("/Identity/Account/RegisterConfirmation");
        site.ShouldHaveLoggedNoError();
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("x\n[00:00:00 INF] Signed in: user FORGED")]
    public async Task Given_a_box_with_text_in_it_it_counts_as_not_ticked_and_nothing_of_it_is_logged(
        string value
    )
    {
        await using var site = await TestSite.StartAsync();
        var browser = site.NewBrowser();
        var page = await browser.GoAsync(LoginPage.Path);

        var answer = await browser.SubmitAsync(
            page,
            "#account",
            ("Input.Email", "nobody@example.com"),
            ("Input.Password", "not the password at all"),
            ("Input.RememberMe", value)
        );

        Assert.Equal(["Invalid login attempt."], answer.Errors);
        site.ShouldHaveLoggedNoError();
        Assert.DoesNotContain(
            site.Logs.Lines,
            line => line.Contains("FORGED", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData(
        "application/x-www-form-urlencoded; charset=utf-7",
        HttpStatusCode.UnsupportedMediaType
    )]
    [InlineData(
        "application/x-www-form-urlencoded; charset=nonsense",
        HttpStatusCode.UnsupportedMediaType
    )]
    [InlineData("multipart/form-data; boundary=x", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/json", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("text/plain", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("nonsense", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("a/b; charset=x; charset=y", HttpStatusCode.UnsupportedMediaType)]
    [InlineData(
        "application/x-www-form-urlencoded; charset=x; charset=y",
        HttpStatusCode.UnsupportedMediaType
    )]
    [InlineData("", HttpStatusCode.BadRequest)]
    public async Task Given_a_form_in_a_form_no_browser_sends_it_is_refused_with_a_page(
        string contentType,
        HttpStatusCode expected
    )
    {
        await using var site = await TestSite.StartAsync();
        var browser = site.NewBrowser();
        var request = Browser.Request(await browser.GoAsync(LoginPage.Path), "#account");
        request.Content!.Headers.Remove("Content-Type");
        request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);

        var answer = await browser.SendAsync(request);

        Assert.Equal(expected, answer.StatusCode);
        Assert.Contains(
            "Nothing was changed.",
            await answer.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
        site.ShouldHaveLoggedNoError();
    }

    [Fact]
    public async Task Given_a_form_that_cannot_be_read_it_is_not_called_out_of_date()
    {
        await using var site = await TestSite.StartAsync();
        var browser = site.NewBrowser();
        var many = string.Join('&', Enumerable.Range(0, 2000).Select(i => $"field{i}=x"));

        var answer = await browser.SendAsync(
            new HttpRequestMessage(HttpMethod.Post, new Uri($"https://localhost{LoginPage.Path}"))
            {
                Content = new StringContent(
                    many,
                    System.Text.Encoding.UTF8,
                    "application/x-www-form-urlencoded"
                ),
            }
        );

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(
            "We could not read that",
            await answer.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Given_a_form_larger_than_the_site_takes_it_is_told_so()
    {
        await using var site = await TestSite.StartOnPortAsync();
        using var content = new ByteArrayContent(new byte[31_000_000]);
        content.Headers.Add("Content-Type", "application/x-www-form-urlencoded");
        using var request = new HttpRequestMessage(
            HttpMethod.Post,
            new Uri(site.Host.Origin, LoginPage.Path)
        )
        {
            Content = content,
        };
        request.Headers.ExpectContinue = true;

        using var answer = await site.NewBrowser().SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Contains(
            "larger than this site takes",
            await answer.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Given_a_browser_that_keeps_no_cookies_the_refusal_says_so()
    {
        await using var site = await TestSite.StartAsync();
        var page = await site.NewBrowser().GoAsync(LoginPage.Path);

        var answer = await site.NewBrowser().PostAsync(page, "#account");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(
            "or this browser keeps no cookies for this site",
            await answer.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Given_a_session_that_has_ended_signing_out_ends_on_the_page_that_says_so()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var browser = site.NewBrowser();
        await browser.RegisterAsync(person);
        var page = await browser.SignInAsync(person);
        site.Clock.Advance(TimeSpan.FromHours(24));

        var after = await browser.SubmitAsync(page, "#logoutForm");

        after.ShouldBe("/Identity/Account/Logout").ShouldSay("You are signed out");
    }

    [Fact]
    public async Task Given_a_broken_cookie_the_log_gets_no_stack_trace()
    {
        await using var site = await TestSite.StartAsync();
        var browser = site.NewBrowser();
        var page = await browser.GoAsync(LoginPage.Path);
        foreach (Cookie cookie in browser.Cookies.GetAllCookies())
        {
            cookie.Value = "x";
        }

        browser.Cookies.Add(new Uri("https://localhost"), new Cookie("Otp2fa.Notice", "x", "/"));
        await browser.PostAsync(page, "#account");

        Assert.DoesNotContain(
            site.Logs.Lines,
            line => line.Contains("   at ", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Given_the_address_of_the_error_page_itself_there_is_nothing_and_nothing_went_wrong()
    {
        await using var site = await TestSite.StartAsync();

        var page = await site.NewBrowser().GoAsync("/Error?status=500");

        Assert.Equal(HttpStatusCode.NotFound, page.Status);
        page.ShouldSay("Page not found");
        Assert.False(page.Has("code"));
    }

    [Fact]
    public async Task Given_a_page_for_members_its_redirect_names_no_host_and_may_not_be_kept()
    {
        await using var site = await TestSite.StartAsync();
        var request = new HttpRequestMessage(
            HttpMethod.Get,
            new Uri("https://localhost/Identity/Account/Manage")
        );
        request.Headers.Host = "evil.example";

        var answer = await site.NewBrowser().SendAsync(request);

        Assert.Equal(
            "/Identity/Account/Login?ReturnUrl=%2FIdentity%2FAccount%2FManage",
            answer.Headers.Location?.OriginalString
        );
        Assert.True(answer.Headers.CacheControl?.NoStore);
    }

    [Fact]
    public async Task Given_a_person_on_the_way_somewhere_registering_leads_there_in_the_end()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var browser = site.NewBrowser();
        var register = await browser.GoAsync("/Identity/Account/Register?ReturnUrl=%2FPrivacy");
        var confirmation = await browser.SubmitAsync(
            register,
            "#registerForm",
            ("Input.Email", person.Email),
            ("Input.Password", person.Password),
            ("Input.ConfirmPassword", person.Password)
        );
        var confirm = await browser.GoAsync(
            confirmation
                .One<AngleSharp.Html.Dom.IHtmlAnchorElement>("#confirm-link")
                .GetAttribute("href")!
        );
        var login = await browser.SubmitAsync(confirm, "main form");

        var there = await browser.SubmitAsync(
            login,
            "#account",
            ("Input.Email", person.Email),
            ("Input.Password", person.Password)
        );

        there.ShouldBe("/Privacy");
    }

    [Fact]
    public async Task Given_a_part_of_a_form_in_a_charset_that_nobody_reads_it_is_refused_with_a_page()
    {
        await using var site = await TestSite.StartAsync();
        var browser = site.NewBrowser();
        var request = new HttpRequestMessage(
            HttpMethod.Post,
            new Uri($"https://localhost{LoginPage.Path}")
        )
        {
            Content = new StringContent(
                "--x\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Type: text/plain; charset=utf-7\r\n\r\nb\r\n--x--\r\n"
            ),
        };
        request.Content.Headers.Remove("Content-Type");
        request.Content.Headers.TryAddWithoutValidation(
            "Content-Type",
            "multipart/form-data; boundary=x"
        );

        var answer = await browser.SendAsync(request);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
        site.ShouldHaveLoggedNoError();
    }

    [Theory]
    [InlineData("/%C3%A9")]
    [InlineData("/%0d%0aSet-Cookie:%20x=y")]
    [InlineData("/%00")]
    [InlineData("/%E2%80%AE")]
    [InlineData("https://evil.example/")]
    public async Task Given_a_return_address_that_no_header_may_hold_every_step_goes_to_the_start_page(
        string returnUrl
    )
    {
        await using var site = await TestSite.StartOnPortAsync();
        var person = Person.New();
        var browser = site.NewBrowser();
        await browser.RegisterAsync(person);

        var password = await browser.PostAsync(
            await browser.GoAsync($"{LoginPage.Path}?ReturnUrl={returnUrl}"),
            "#account",
            ("Input.Email", person.Email),
            ("Input.Password", person.Password)
        );
        Assert.Equal("/", password.Headers.Location?.OriginalString);
        await (await browser.ProveNumberAsync(site, person)).TurnOnAsync();
        var stepUp = await browser.GoAsync($"/Identity/Account/StepUp?ReturnUrl={returnUrl}");
        var stepped = await browser.PostAsync(
            stepUp,
            "#step-up",
            ("Input.Password", person.Password)
        );
        Assert.Equal("/", stepped.Headers.Location?.OriginalString);
        var logout = Browser.Request(await browser.GoAsync("/"), "#logoutForm");
        logout.RequestUri = new Uri(logout.RequestUri!, $"?returnUrl={returnUrl}");
        Assert.Equal("/", (await browser.SendAsync(logout)).Headers.Location?.OriginalString);

        var login = await browser.GoAsync($"{LoginPage.Path}?ReturnUrl={returnUrl}");
        var code = await browser.SubmitAsync(
            login,
            "#account",
            ("Input.Email", person.Email),
            ("Input.Password", person.Password)
        );
        var request = Browser.Request(
            code,
            "form",
            ("Input.TwoFactorCode", site.CodeOnPhone(person))
        );
        request.RequestUri = new Uri(request.RequestUri!, $"?ReturnUrl={returnUrl}");
        var last = await browser.SendAsync(request);

        Assert.Equal("/", last.Headers.Location?.OriginalString);
        Assert.True(await browser.IsSignedInAsync());
        site.ShouldHaveLoggedNoError();
    }

    [Fact]
    public async Task Given_an_account_deleted_between_two_steps_the_next_one_leads_to_the_start_of_a_sign_in()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var browser = site.NewBrowser();
        await browser.RegisterAsync(person);
        await browser.SignInAsync(person);
        // The account goes in the very request that adds a row for it, before Infobip is asked.
        var page = await browser.GoAsync("/Identity/Account/Manage/AddPhoneNumber");
        await site.InDatabaseAsync(db =>
            db.Database.ExecuteSqlRawAsync(
                "CREATE TRIGGER gone BEFORE INSERT ON PinChallenges BEGIN DELETE FROM AspNetUsers; END"
            )
        );

        var answer = await browser.SubmitAsync(
            page,
            "#add-phone-number",
            ("Input.PhoneNumber", person.Number)
        );

        answer.ShouldBe(LoginPage.Path);
        Assert.Equal(0, site.Sends);
    }

    [Fact]
    public async Task Given_two_step_ups_of_one_session_at_once_one_session_is_left_and_it_is_still_signed_in()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var browser = site.NewBrowser();
        await browser.EnrolAsync(site, person);
        var page = await browser.GoAsync("/Identity/Account/StepUp?ReturnUrl=%2F");
        var tabs = Enumerable.Range(0, 8).Select(_ => browser.CloneTo(site.Host)).ToArray();

        var answers = await Task.WhenAll(
            tabs.Select(tab => tab.PostAsync(page, "#step-up", ("Input.Password", person.Password)))
        );

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode));
        Assert.Single(answers, answer => answer.Headers.Location!.OriginalString == "/");
        site.ShouldHaveLoggedNoError();

        Assert.Equal(1, await site.CountSessionsAsync());
        var signedIn = 0;
        foreach (var tab in tabs)
        {
            signedIn += await tab.IsSignedInAsync() ? 1 : 0;
        }

        Assert.Equal(1, signedIn);
    }

    [Fact]
    public async Task Given_a_request_with_a_key_that_was_renewed_since_it_is_anonymous_and_the_newer_cookie_stays()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var browser = site.NewBrowser();
        await browser.EnrolAsync(site, person);
        var slowTab = browser.CloneTo(site.Host);
        var page = await browser.GoAsync("/Identity/Account/StepUp?ReturnUrl=%2F");
        await browser.SubmitAsync(page, "#step-up", ("Input.Password", person.Password));

        var late = await slowTab.SendAsync(
            new HttpRequestMessage(HttpMethod.Get, new Uri("https://localhost/"))
        );

        Assert.DoesNotContain(
            "id=\"manage\"",
            await late.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(
            slowTab.SetCookies,
            header => header.StartsWith("Otp2fa.Session=", StringComparison.Ordinal)
        );
        Assert.True(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task Given_a_sign_out_and_a_step_up_of_one_session_at_once_no_session_is_left()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        await site.NewBrowser().RegisterAsync(person);
        for (var round = 0; round < 10; round++)
        {
            var browser = site.NewBrowser();
            await browser.SignInAsync(person);
            var page = await browser.GoAsync("/Identity/Account/StepUp?ReturnUrl=%2F");
            var (leaving, staying) = (browser.CloneTo(site.Host), browser.CloneTo(site.Host));

            await Task.WhenAll(
                Task.Run(() =>
                    staying.PostAsync(page, "#step-up", ("Input.Password", person.Password))
                ),
                Task.Run(() => leaving.PostAsync(page, "#logoutForm"))
            );

            // Unless the sign-out came with a key that was renewed before it arrived, and so signed nobody out.
            var anonymous = leaving.SetCookies.All(header =>
                !header.StartsWith("Otp2fa.Session=;", StringComparison.Ordinal)
            );
            Assert.True(anonymous || await site.CountSessionsAsync() == 0, $"Round {round}");
            await site.InDatabaseAsync(db => db.Sessions.ExecuteDeleteAsync());
        }

        site.ShouldHaveLoggedNoError();
    }
}

using System.Net;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using Otp2fa.Web.Tests.Site;
using Otp2fa.Web.Tests.Site.Pages;

namespace Otp2fa.Web.Tests.Scenarios;

/// <summary>The second factor that needs no message: set up, asked for, taken once, limited, replaced, removed.</summary>
[Trait("Covers", "R16")]
[Trait("Covers", "L5")]
public sealed class AuthenticatorAppTests
{
    private const string Reset = "/Identity/Account/Manage/ResetAuthenticator";
    private const string OtherWays = "/Identity/Account/TryAnotherWay";

    [Fact]
    public async Task Given_a_new_account_the_page_shows_key_and_picture_and_a_code_turns_two_factor_on()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var browser = site.NewBrowser();
        await browser.RegisterAsync(person);
        await browser.SignInAsync(person);
        var setup = await AppSetupPage.OpenAsync(browser);
        Assert.Matches("^([a-z2-7]{4} ){7}[a-z2-7]{4}$", setup.Key);
        var picture = setup.Page.Document.QuerySelector("#qrCode svg")!;
        var key = setup.Key.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();
        Assert.Equal(
            $"otpauth://totp/Otp2fa:{Uri.EscapeDataString(person.Email)}?secret={key}&issuer=Otp2fa&digits=6&period=30",
            QrPicture.Read(picture.OuterHtml)
        );

        var next = await setup.SubmitAsync(setup.App.CodeAt(site.Clock.GetUtcNow()));

        var codes = new RecoveryCodesPage(browser, next);
        Assert.Equal(10, codes.Codes.Count);
        var settings = new TwoFactorPage(browser, await codes.KeepAsync());
        Assert.True(settings.IsOn);
        settings.Page.ShouldSay("we ask for a code of your authenticator app.");
        Assert.Equal(0, site.Sends);
    }

    [Fact]
    public async Task Given_an_app_the_sign_in_asks_for_its_code_on_its_own_page_and_sends_nothing()
    {
        await using var site = await TestSite.StartAsync();
        var (person, app) = await site.PersonWithAppAsync();
        var browser = site.NewBrowser();

        var page = await browser.TypePasswordForAppAsync(person, "/Privacy");
        Assert.False(await browser.IsSignedInAsync());
        var after = await page.SubmitAsync(app.CodeAt(site.Clock.GetUtcNow()));

        after.ShouldBe("/Privacy");
        Assert.True(await browser.IsSignedInAsync());
        Assert.Equal(0, site.Sends);
    }

    [Fact]
    public async Task Given_a_code_that_was_taken_it_is_not_taken_again_nor_is_an_earlier_one()
    {
        await using var site = await TestSite.StartAsync();
        var (person, app) = await site.PersonWithAppAsync();
        var now = site.Clock.GetUtcNow();
        await (await site.NewBrowser().TypePasswordForAppAsync(person)).SubmitAsync(
            app.CodeAt(now)
        );
        foreach (var steps in new[] { 0, -1 })
        {
            var thief = site.NewBrowser();

            var page = await (await thief.TypePasswordForAppAsync(person)).SubmitAsync(
                app.CodeAt(now, steps)
            );

            page.ShouldSay("That code was used already");
            Assert.False(await thief.IsSignedInAsync());
        }

        var owner = site.NewBrowser();
        await (await owner.TypePasswordForAppAsync(person)).SubmitAsync(app.CodeAt(now, 1));
        Assert.True(await owner.IsSignedInAsync());
    }

    [Fact]
    public async Task Given_the_code_that_set_the_app_up_it_signs_nobody_in_afterwards()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var browser = site.NewBrowser();
        await browser.RegisterAsync(person);
        await browser.SignInAsync(person);
        var app = await browser.SetAppUpAsync(site);
        await browser.SignOutAsync();

        var page = await (await browser.TypePasswordForAppAsync(person)).SubmitAsync(
            app.CodeAt(site.Clock.GetUtcNow())
        );

        page.ShouldSay("That code was used already");
    }

    [Fact]
    public async Task Given_ten_sign_ins_at_once_with_one_code_on_two_instances_one_gets_in()
    {
        await using var site = await TestSite.StartAsync();
        var (person, app) = await site.PersonWithAppAsync();
        var second = site.StartHost();
        var browsers = Enumerable
            .Range(0, 10)
            .Select(i => site.NewBrowser(i % 2 == 0 ? null : second))
            .ToList();
        var pages = new List<AppCodePage>();
        foreach (var browser in browsers)
        {
            pages.Add(await browser.TypePasswordForAppAsync(person));
        }

        var code = app.CodeAt(site.Clock.GetUtcNow());
        await Task.WhenAll(pages.Select(page => Task.Run(() => page.PostAsync(code))));

        var signedIn = 0;
        foreach (var browser in browsers)
        {
            signedIn += await browser.IsSignedInAsync() ? 1 : 0;
        }

        Assert.Equal(1, signedIn);
        Assert.Equal(1, await site.CountSessionsAsync());
        site.ShouldHaveLoggedNoError();
    }

    [Fact]
    public async Task Given_five_wrong_codes_none_is_tried_until_a_day_is_over_and_the_way_out_is_shown()
    {
        await using var site = await TestSite.StartAsync();
        var (person, app) = await site.PersonWithAppAsync();
        var browser = site.NewBrowser();
        var page = (await browser.TypePasswordForAppAsync(person)).Page;
        for (var i = 0; i < 4; i++)
        {
            page = await TryWrongAsync(browser, page);
            page.ShouldSay("That code is not correct.");
        }

        page = await TryWrongAsync(browser, page);
        page.ShouldSay("Too many wrong codes of the app were typed");
        Assert.False(page.Has("form"));
        page.One<IHtmlAnchorElement>("#another-way");

        site.Clock.Advance(TimeSpan.FromDays(1) - TimeSpan.FromSeconds(1));
        (await PasswordAsync(browser, person)).ShouldSay("You can use one again in 1 second");
        site.Clock.Advance(TimeSpan.FromSeconds(1));
        await (await browser.TypePasswordForAppAsync(person)).SubmitAsync(
            app.CodeAt(site.Clock.GetUtcNow())
        );
        Assert.True(await browser.IsSignedInAsync());

        Task<HtmlPage> TryWrongAsync(Browser guesser, HtmlPage shown) =>
            guesser.SubmitAsync(
                shown,
                "form",
                ("Input.TwoFactorCode", app.WrongCodeAt(site.Clock.GetUtcNow()))
            );
    }

    [Fact]
    public async Task Given_sixty_wrong_codes_at_once_five_are_tried_and_counted_and_the_right_one_after_them_is_not()
    {
        await using var site = await TestSite.StartAsync();
        var (person, app) = await site.PersonWithAppAsync();
        var browser = site.NewBrowser();
        var page = await browser.TypePasswordForAppAsync(person);
        var wrong = app.WrongCodeAt(site.Clock.GetUtcNow());

        await Task.WhenAll(
            Enumerable.Range(0, 60).Select(_ => Task.Run(() => page.PostAsync(wrong)))
        );

        Assert.Equal(5, await WrongInARowAsync(site));
        var after = await page.SubmitAsync(app.CodeAt(site.Clock.GetUtcNow()));
        after.ShouldSay("Too many wrong codes of the app were typed");
        Assert.False(await browser.IsSignedInAsync());
        Assert.Equal(0, await site.PasswordFailuresAsync());
        site.ShouldHaveLoggedNoError();
    }

    [Fact]
    public async Task Given_many_wrong_codes_in_a_row_over_days_the_app_is_off_until_it_is_set_up_again()
    {
        await using var site = await TestSite.StartAsync(("Limits:WrongCodesInARow", "5"));
        var person = Person.New();
        var owner = site.NewBrowser();
        await owner.EnrolAsync(site, person);
        var app = await SetUpBesideNumberAsync(site, owner, person);
        site.Clock.Advance(TimeSpan.FromSeconds(30));
        var thief = site.NewBrowser();
        var page = (await thief.TypePasswordForAppAsync(person)).Page;
        for (var i = 0; i < 5; i++)
        {
            page = await thief.SubmitAsync(
                page,
                "form",
                ("Input.TwoFactorCode", app.WrongCodeAt(site.Clock.GetUtcNow()))
            );
        }

        page.ShouldSay("they are switched off for it");
        site.Clock.Advance(TimeSpan.FromDays(2));
        (await PasswordAsync(site.NewBrowser(), person)).ShouldSay("they are switched off for it");

        // The other factor of the account is not touched by it, and leads out.
        var browser = site.NewBrowser();
        await PasswordAsync(browser, person);
        await SendAndTypeAsync(site, browser, person);
        Assert.True(await browser.IsSignedInAsync());
        var again = await browser.StepUpAsync(await browser.GoAsync(AppSetupPage.Path), person);
        var setup = new AppSetupPage(browser, again);
        await setup.SubmitAsync(setup.App.CodeAt(site.Clock.GetUtcNow()));
        Assert.Equal(0, await WrongInARowAsync(site));
    }

    [Fact]
    public async Task Given_a_locked_account_the_right_code_opens_nothing()
    {
        await using var site = await TestSite.StartAsync();
        var (person, app) = await site.PersonWithAppAsync();
        var browser = site.NewBrowser();
        var page = await browser.TypePasswordForAppAsync(person);
        await site.LockAsync(person, TimeSpan.FromDays(4000));

        var answer = await page.SubmitAsync(app.CodeAt(site.Clock.GetUtcNow()));

        answer.ShouldBe("/Identity/Account/Lockout");
        Assert.False(await browser.IsSignedInAsync());
    }

    [Theory]
    [InlineData("", "Enter the code that your app shows.")]
    [InlineData("12345", "Enter the code using only 6 digits.")]
    [InlineData("1234567", "Enter the code using only 6 digits.")]
    [InlineData("12a456", "Enter the code using only 6 digits.")]
    public async Task Given_what_is_no_code_it_is_said_and_not_counted(
        string typed,
        string sentence
    )
    {
        await using var site = await TestSite.StartAsync();
        var (person, _) = await site.PersonWithAppAsync();
        var browser = site.NewBrowser();

        var page = await (await browser.TypePasswordForAppAsync(person)).SubmitAsync(typed);

        Assert.Equal([sentence], page.Errors);
        Assert.Equal(0, await WrongInARowAsync(site));
    }

    [Fact]
    public async Task Given_number_and_app_the_preferred_comes_first_and_the_others_are_one_link_away()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var owner = site.NewBrowser();
        await owner.EnrolAsync(site, person);
        await SetUpBesideNumberAsync(site, owner, person);
        var sends = site.Sends;

        // Who sets an app up is asked for it first.
        var browser = site.NewBrowser();
        var app = await browser.TypePasswordForAppAsync(person);
        var ways = await browser.GoAsync(HrefOf(app.Page, "#another-way"));
        Assert.Equal(
            ["way-app", "way-sms", "way-recoverycode"],
            ways.Document.QuerySelectorAll("#ways a").Select(link => link.Id)
        );
        Assert.Equal(sends, site.Sends);
        await SendAndTypeAsync(site, browser, person);
        Assert.True(await browser.IsSignedInAsync());
        Assert.Equal(sends + 1, site.Sends);

        (
            await owner.SubmitAsync(await owner.GoAsync(TwoFactorPage.Path), "#prefer")
        ).ShouldSayAnywhere("From now on we ask for a code by text message first.");
        site.Clock.Advance(TimeSpan.FromMinutes(10));
        var other = site.NewBrowser();
        ways = await other.GoAsync(
            HrefOf((await other.TypePasswordAsync(person)).Page, "#another-way")
        );
        Assert.Equal(
            ["way-sms", "way-app", "way-recoverycode"],
            ways.Document.QuerySelectorAll("#ways a").Select(link => link.Id)
        );
    }

    [Fact]
    public async Task Given_an_app_alone_no_code_by_message_is_offered_and_the_page_for_it_says_why()
    {
        await using var site = await TestSite.StartAsync();
        var (person, _) = await site.PersonWithAppAsync();
        var browser = site.NewBrowser();
        await browser.TypePasswordForAppAsync(person);

        var ways = await browser.GoAsync(OtherWays);
        var code = await browser.GoAsync(CodePage.Path);

        Assert.False(ways.Has("#way-sms"));
        code.ShouldSay("Your account has no proved phone number");
        Assert.False(code.Has("form"));
        Assert.Equal(0, site.Sends);
    }

    [Fact]
    public async Task Given_another_key_the_old_app_goes_on_until_a_code_of_the_new_one_is_typed()
    {
        await using var site = await TestSite.StartAsync();
        var (person, old) = await site.PersonWithAppAsync();
        var browser = site.NewBrowser();
        await (await browser.TypePasswordForAppAsync(person)).SubmitAsync(
            old.CodeAt(site.Clock.GetUtcNow())
        );
        var setup = new AppSetupPage(
            browser,
            await browser.StepUpAsync(await browser.GoAsync(AppSetupPage.Path), person)
        );
        site.Clock.Advance(TimeSpan.FromSeconds(60));
        var other = site.NewBrowser();
        await (await other.TypePasswordForAppAsync(person)).SubmitAsync(
            old.CodeAt(site.Clock.GetUtcNow())
        );
        Assert.True(await other.IsSignedInAsync());

        (await setup.SubmitAsync(setup.App.CodeAt(site.Clock.GetUtcNow()))).ShouldBe(
            TwoFactorPage.Path
        );

        Assert.False(await other.IsSignedInAsync());
        Assert.True(await browser.IsSignedInAsync());
        site.Clock.Advance(TimeSpan.FromSeconds(60));
        var page = await other.TypePasswordForAppAsync(person);
        (await page.SubmitAsync(old.CodeAt(site.Clock.GetUtcNow()))).ShouldSay("is not correct");
        await page.SubmitAsync(setup.App.CodeAt(site.Clock.GetUtcNow()));
        Assert.True(await other.IsSignedInAsync());
    }

    [Fact]
    public async Task Given_the_page_is_only_looked_at_nothing_is_written_and_every_look_shows_another_key()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var browser = site.NewBrowser();
        await browser.RegisterAsync(person);
        await browser.SignInAsync(person);
        var before = await site.DumpDatabaseAsync();

        var first = await AppSetupPage.OpenAsync(browser);
        var second = await AppSetupPage.OpenAsync(browser);

        Assert.NotEqual(first.Key, second.Key);
        Assert.Equal(before, await site.DumpDatabaseAsync());
    }

    [Fact]
    public async Task Given_a_wrong_code_the_same_key_is_shown_again_and_nothing_is_turned_on()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var browser = site.NewBrowser();
        await browser.RegisterAsync(person);
        await browser.SignInAsync(person);
        var setup = await AppSetupPage.OpenAsync(browser);

        var again = new AppSetupPage(
            browser,
            await setup.SubmitAsync(setup.App.WrongCodeAt(site.Clock.GetUtcNow()))
        );

        Assert.Equal(setup.Key, again.Key);
        Assert.Single(again.Page.Errors);
        Assert.False((await TwoFactorPage.OpenAsync(browser)).IsOn);
    }

    [Theory]
    [InlineData("")]
    [InlineData("CfDJ8")]
    [InlineData("not a key")]
    public async Task Given_a_forged_offer_a_new_key_is_shown_and_none_is_set_up(string offer)
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var browser = site.NewBrowser();
        await browser.RegisterAsync(person);
        await browser.SignInAsync(person);
        var setup = await AppSetupPage.OpenAsync(browser);

        var answer = await setup.PostAsync(
            setup.App.CodeAt(site.Clock.GetUtcNow()),
            ("Input.Offer", offer)
        );

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.DoesNotContain(
            setup.Key,
            await answer.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
        Assert.False((await TwoFactorPage.OpenAsync(browser)).IsOn);
    }

    [Fact]
    public async Task Given_the_offer_of_another_account_or_of_before_a_change_it_is_none()
    {
        await using var site = await TestSite.StartAsync();
        var (person, attacker) = (Person.New(), Person.New());
        var (browser, theirs) = (site.NewBrowser(), site.NewBrowser());
        foreach (var (who, where) in new[] { (person, browser), (attacker, theirs) })
        {
            await where.RegisterAsync(who);
            await where.SignInAsync(who);
        }

        var (mine, other) = (
            await AppSetupPage.OpenAsync(browser),
            await AppSetupPage.OpenAsync(theirs)
        );
        var offer = other.Page.One<IHtmlInputElement>("[name='Input.Offer']").Value;
        await mine.PostAsync(other.App.CodeAt(site.Clock.GetUtcNow()), ("Input.Offer", offer));
        Assert.False((await TwoFactorPage.OpenAsync(browser)).IsOn);

        await browser.ProveNumberAsync(site, person);
        await mine.SubmitAsync(mine.App.CodeAt(site.Clock.GetUtcNow()));
        Assert.False((await TwoFactorPage.OpenAsync(browser)).IsOn);
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    public async Task Given_a_key_that_waits_it_can_be_set_up_for_a_quarter_of_an_hour(
        int secondsFromEnd,
        bool isSetUp
    )
    {
        await using var site = await TestSite.StartAsync(("Accounts:StepUpLifetime", "00:15:00"));
        var person = Person.New();
        var browser = site.NewBrowser();
        await browser.RegisterAsync(person);
        await browser.SignInAsync(person);
        var setup = await AppSetupPage.OpenAsync(browser);
        site.Clock.Advance(TimeSpan.FromMinutes(14));
        // The password must be recent as well.
        await browser.StepUpAsync(
            await browser.GoAsync($"/Identity/Account/StepUp?ReturnUrl={TwoFactorPage.Path}"),
            person
        );
        site.Clock.Advance(TimeSpan.FromMinutes(1) + TimeSpan.FromSeconds(secondsFromEnd));

        await setup.SubmitAsync(setup.App.CodeAt(site.Clock.GetUtcNow()));

        Assert.Equal(isSetUp, (await TwoFactorPage.OpenAsync(browser)).IsOn);
    }

    [Fact]
    public async Task Given_number_and_app_removing_the_app_leaves_two_factor_on_and_ends_other_sessions()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var browser = site.NewBrowser();
        await browser.EnrolAsync(site, person);
        var app = await SetUpBesideNumberAsync(site, browser, person);
        site.Clock.Advance(TimeSpan.FromSeconds(30));
        var other = site.NewBrowser();
        await (await other.TypePasswordForAppAsync(person)).SubmitAsync(
            app.CodeAt(site.Clock.GetUtcNow())
        );
        Assert.True(await other.IsSignedInAsync());
        var stamp = await StampAsync(site);

        var after = await browser.SubmitAsync(
            await browser.GoAsync(Reset),
            "#reset-authenticator-form"
        );

        after.ShouldBe(TwoFactorPage.Path).ShouldSayAnywhere("Your authenticator app is removed.");
        Assert.True(new TwoFactorPage(browser, after).IsOn);
        Assert.NotEqual(stamp, await StampAsync(site));
        Assert.False(await other.IsSignedInAsync());
        site.Clock.Advance(TimeSpan.FromMinutes(10));
        await other.TypePasswordAsync(person);
    }

    [Fact]
    public async Task Given_the_app_alone_removing_it_says_that_two_factor_goes_off_and_turns_it_off()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var browser = site.NewBrowser();
        await browser.RegisterAsync(person);
        await browser.SignInAsync(person);
        await browser.SetAppUpAsync(site);
        var page = await browser.GoAsync(Reset);
        page.ShouldSay("your password alone opens your account");
        var stepUp = await browser.SubmitAsync(page, "#reset-authenticator-form");

        await browser.StepUpAsync(stepUp, person);
        var after = await browser.SubmitAsync(
            await browser.GoAsync(Reset),
            "#reset-authenticator-form"
        );

        Assert.False(new TwoFactorPage(browser, after).IsOn);
        Assert.Equal(0, await site.InDatabaseAsync(db => db.RecoveryCodes.CountAsync()));
        await site.NewBrowser().SignInAsync(person);
    }

    [Fact]
    public async Task Given_two_factor_off_with_an_app_it_can_be_turned_on_again_with_a_code_of_the_app()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var browser = site.NewBrowser();
        await browser.RegisterAsync(person);
        await browser.SignInAsync(person);
        var app = await browser.SetAppUpAsync(site);
        await browser.StepUpAsync(
            await (await TwoFactorPage.OpenAsync(browser)).TurnOffAsync(),
            person
        );
        await (await TwoFactorPage.OpenAsync(browser)).TurnOffAsync();
        Assert.False((await TwoFactorPage.OpenAsync(browser)).IsOn);
        site.Clock.Advance(TimeSpan.FromMinutes(6));

        var stepUp = await browser.SubmitAsync(
            (await TwoFactorPage.OpenAsync(browser)).Page,
            "#enable-two-factor"
        );
        var code = await browser.StepUpAsync(stepUp, person);
        await browser.StepUpCodeAsync(code, app.CodeAt(site.Clock.GetUtcNow()));
        await (await TwoFactorPage.OpenAsync(browser)).TurnOnAsync();

        Assert.True((await TwoFactorPage.OpenAsync(browser)).IsOn);
    }

    [Fact]
    public async Task Given_a_walk_with_the_app_key_and_codes_stand_in_no_log_address_cookie_or_database()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var browser = site.NewBrowser();
        await browser.RegisterAsync(person);
        await browser.SignInAsync(person);
        var setup = await AppSetupPage.OpenAsync(browser);
        var first = setup.App.CodeAt(site.Clock.GetUtcNow());
        await setup.SubmitAsync(first);
        await browser.SignOutAsync();
        site.Clock.Advance(TimeSpan.FromSeconds(30));
        var second = setup.App.CodeAt(site.Clock.GetUtcNow());
        var page = await browser.TypePasswordForAppAsync(person);
        var wrong = setup.App.WrongCodeAt(site.Clock.GetUtcNow());
        page = new AppCodePage(browser, await page.SubmitAsync(wrong));
        Assert.DoesNotContain(wrong, page.Page.Html, StringComparison.Ordinal);
        await page.SubmitAsync(second);

        var text = string.Join(
            '\n',
            [.. browser.SetCookies, .. browser.Visited, .. site.Logs.Lines]
        );
        var database = await site.DumpDatabaseAsync();
        var plain = setup.Key.Replace(" ", "", StringComparison.Ordinal);
        var raw = System.Text.Encoding.Latin1.GetString(OtpNet.Base32Encoding.ToBytes(plain));
        foreach (var secret in new[] { setup.Key, plain, raw })
        {
            Assert.DoesNotContain(secret, text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(secret, database, StringComparison.OrdinalIgnoreCase);
        }

        foreach (var code in new[] { first, second })
        {
            Assert.DoesNotMatch($"(?<![0-9.]){code}(?![0-9])", text);
        }
    }

    private static string HrefOf(HtmlPage page, string selector) =>
        page.One<IHtmlAnchorElement>(selector).GetAttribute("href")!;

    private static async Task<HtmlPage> PasswordAsync(Browser browser, Person person) =>
        (
            await (await LoginPage.OpenAsync(browser)).SubmitAsync(person.Email, person.Password)
        ).ShouldBe(AppCodePage.Path);

    /// <summary>Adds an app in the browser in which the number was just proved.</summary>
    private static async Task<Authenticator> SetUpBesideNumberAsync(
        TestSite site,
        Browser browser,
        Person person
    )
    {
        await browser.StepUpAsync(await browser.GoAsync(AppSetupPage.Path), person);
        return await browser.SetAppUpAsync(site);
    }

    /// <summary>From any page of the second step: asks for a message and types its code.</summary>
    private static async Task SendAndTypeAsync(TestSite site, Browser browser, Person person)
    {
        var code = (await browser.GoAsync(CodePage.Path)).ShouldSay("No code was sent yet.");
        var send = await browser.GoAsync(HrefOf(code, "#new-code"));
        var page = new CodePage(browser, await browser.SubmitAsync(send, "#resend-code"));
        await page.SubmitAsync(site.CodeOnPhone(person));
    }

    private static Task<int> WrongInARowAsync(TestSite site) =>
        site.InDatabaseAsync(db => db.Users.Select(u => u.WrongAppCodesInARow).SingleAsync());

    private static Task<string?> StampAsync(TestSite site) =>
        site.InDatabaseAsync(db => db.Users.Select(u => u.SecurityStamp).SingleAsync());
}

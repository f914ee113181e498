using System.Net;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using Otp2fa.Web.Tests.Site;
using Otp2fa.Web.Tests.Site.Pages;

namespace Otp2fa.Web.Tests.Scenarios;

/// <summary>
/// What people, scripts and tests of sites with ASP.NET Core Identity's UI rely on: routes, element ids, fields, answers. Where
/// this site differs on purpose the test says so.
/// </summary>
[Trait("Covers", "R05")]
public sealed class PageContractTests
{
    private const string Account = "/Identity/Account";
    private const string Manage = Account + "/Manage";

    [Theory]
    [InlineData("/", "a#register, a#login", 2)]
    [InlineData(Account + "/Register", "form#registerForm [type=submit]", 1)]
    [InlineData(Account + "/Register", "#Input_Email, #Input_Password, #Input_ConfirmPassword", 3)]
    [InlineData(Account + "/Login", "form#account, button#login-submit", 2)]
    [InlineData(Account + "/Login", "#account #Input_Email, #account #Input_Password", 2)]
    [InlineData(Account + "/Login", "a#forgot-password, a#resend-confirmation", 2)]
    [InlineData(Account + "/ForgotPassword", "form, form [type=submit], form #Input_Email", 3)]
    [InlineData(Account + "/ResetPassword", "form, form [type=submit]", 2)]
    [InlineData(
        Account + "/ResetPassword",
        "form #Input_Email, form #Input_Password, form #Input_ConfirmPassword",
        3
    )]
    [InlineData(
        Account + "/ResendEmailConfirmation",
        "form, form [type=submit], form #Input_Email",
        3
    )]
    public async Task A_page_for_everybody_has_its_elements(string path, string selector, int count)
    {
        await using var site = await TestSite.StartAsync();

        var page = await site.NewBrowser().GoAsync(path);

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal(count, page.Document.QuerySelectorAll(selector).Length);
    }

    [Theory]
    [InlineData("/", "a#manage", 1)]
    [InlineData(Manage, "#profile, #email, #change-password, #two-factor, #personal-data", 5)]
    [InlineData(
        Manage + "/Email",
        "form#email-form, form #Email, form #Input_NewEmail, form #change-email-button",
        4
    )]
    [InlineData(Manage, "form#profile-form, #Username, #update-profile-button", 3)]
    [InlineData(Manage + "/ChangePassword", "form#change-password-form", 1)]
    [InlineData(
        Manage + "/ChangePassword",
        "#Input_OldPassword, #Input_NewPassword, #Input_ConfirmPassword",
        3
    )]
    [InlineData(Manage + "/TwoFactorAuthentication", "a#enable-authenticator", 1)]
    [InlineData(Manage + "/EnableAuthenticator", "kbd, form#send-code, #Input_Code", 3)]
    [InlineData(Manage + "/PersonalData", "a#delete, form#download-data", 2)]
    [InlineData(Manage + "/DeletePersonalData", "form#delete-user #Input_Password", 1)]
    public async Task A_page_of_the_account_has_its_elements(
        string path,
        string selector,
        int count
    )
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var browser = site.NewBrowser();
        await browser.RegisterAsync(person);
        await browser.SignInAsync(person);

        var page = await browser.GoAsync(path);

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal(count, page.Document.QuerySelectorAll(selector).Length);
    }

    [Theory]
    [InlineData("TwoFactorAuthentication", "a#reset-authenticator")]
    [InlineData(
        "ResetAuthenticator",
        "form#reset-authenticator-form button#reset-authenticator-button"
    )]
    public async Task With_an_app_the_pages_of_it_have_their_elements(string page, string selector)
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var browser = site.NewBrowser();
        await browser.RegisterAsync(person);
        await browser.SignInAsync(person);
        await browser.SetAppUpAsync(site);

        (await browser.GoAsync($"{Manage}/{page}")).One<IHtmlElement>(selector);
    }

    [Theory]
    [InlineData("ChangePassword")]
    [InlineData("DeletePersonalData")]
    [InlineData("Disable2fa")]
    [InlineData("DownloadPersonalData")]
    [InlineData("Email")]
    [InlineData("EnableAuthenticator")]
    [InlineData("GenerateRecoveryCodes")]
    [InlineData("Index")]
    [InlineData("PersonalData")]
    [InlineData("ResetAuthenticator")]
    [InlineData("SetPassword")]
    [InlineData("ShowRecoveryCodes")]
    [InlineData("TwoFactorAuthentication")]
    public async Task A_page_of_the_account_asks_an_anonymous_visitor_to_sign_in(string page)
    {
        await using var site = await TestSite.StartAsync();

        var answer = await site.NewBrowser()
            .SendAsync(
                new HttpRequestMessage(HttpMethod.Get, new Uri($"https://localhost{Manage}/{page}"))
            );

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.StartsWith(
            $"{Account}/Login?",
            answer.Headers.Location?.OriginalString,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("Login")]
    [InlineData("Lockout")]
    [InlineData("AccessDenied")]
    [InlineData("Register")]
    [InlineData("Logout")]
    [InlineData("ForgotPassword")]
    [InlineData("ForgotPasswordConfirmation")]
    [InlineData("ResetPassword")]
    [InlineData("ResetPasswordConfirmation")]
    [InlineData("ResendEmailConfirmation")]
    public async Task A_public_page_is_answered(string page)
    {
        await using var site = await TestSite.StartAsync();

        Assert.Equal(
            HttpStatusCode.OK,
            (await site.NewBrowser().GoAsync($"{Account}/{page}")).Status
        );
    }

    /// <summary>The stock UI's own journey: register, set an app up, sign in with a code, with a recovery code.</summary>
    [Fact]
    public async Task The_answers_of_a_life_with_an_app_are_those_of_the_stock_pages()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var browser = site.NewBrowser();
        await browser.RegisterAsync(person);
        var login = await (await LoginPage.OpenAsync(browser)).PostAsync(
            person.Email,
            person.Password
        );
        Assert.Equal("/", login.Headers.Location?.OriginalString);

        var setup = await AppSetupPage.OpenAsync(browser);
        var set = await setup.PostAsync(setup.App.CodeAt(site.Clock.GetUtcNow()));
        Assert.Equal(RecoveryCodesPage.Path, set.Headers.Location?.OriginalString);
        var codes = new RecoveryCodesPage(browser, await browser.GoAsync(RecoveryCodesPage.Path));
        Assert.NotEmpty(codes.Codes);
        await browser.SignOutAsync();
        site.Clock.Advance(TimeSpan.FromSeconds(30));

        var asked = await (await LoginPage.OpenAsync(browser)).PostAsync(
            person.Email,
            person.Password
        );
        var where = asked.Headers.Location!.OriginalString;
        Assert.StartsWith($"{Account}/LoginWith2fa", where, StringComparison.Ordinal);
        var code = new AppCodePage(browser, await browser.GoAsync(where));
        var signedIn = await code.PostAsync(setup.App.CodeAt(site.Clock.GetUtcNow()));
        Assert.Equal("/", signedIn.Headers.Location?.OriginalString);
        await browser.SignOutAsync();

        await (await LoginPage.OpenAsync(browser)).PostAsync(person.Email, person.Password);
        var recovery = await browser.GoAsync($"{Account}/LoginWithRecoveryCode");
        recovery.One<IHtmlFormElement>("form");
        var recovered = await browser.PostAsync(
            recovery,
            "form",
            ("Input.RecoveryCode", codes.Codes[0])
        );
        Assert.Equal(HttpStatusCode.Redirect, recovered.StatusCode);
    }

    /// <summary>The stock UI's journey of a forgotten password, and of a message to confirm that is asked for again.</summary>
    [Fact]
    public async Task The_answers_about_mails_are_those_of_the_stock_pages()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var browser = site.NewBrowser();
        await (await RegisterPage.OpenAsync(browser)).SubmitAsync(person.Email, person.Password);
        var confirm = await site.NewestMailAsync(person.Email);
        (await browser.GoAsync(confirm.PathAndQuery)).ShouldBe($"{Account}/ConfirmEmail");

        var resent = await browser.PostAsync(
            await browser.GoAsync($"{Account}/ResendEmailConfirmation"),
            "form",
            ("Input.Email", person.Email)
        );
        Assert.Equal(HttpStatusCode.OK, resent.StatusCode);
        Assert.Contains(
            "Verification email sent.",
            await resent.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );

        var asked = await browser.PostAsync(
            await browser.GoAsync($"{Account}/ForgotPassword"),
            "form",
            ("Input.Email", person.Email)
        );
        Assert.Equal(
            $"{Account}/ForgotPasswordConfirmation",
            asked.Headers.Location?.OriginalString
        );
        var reset = await browser.PostAsync(
            await browser.GoAsync((await site.NewestMailAsync(person.Email)).PathAndQuery),
            "form",
            ("Input.Email", person.Email),
            ("Input.Password", "quite another set of words"),
            ("Input.ConfirmPassword", "quite another set of words")
        );
        Assert.Equal(
            $"{Account}/ResetPasswordConfirmation",
            reset.Headers.Location?.OriginalString
        );
    }

    [Fact]
    public async Task Registering_is_answered_by_the_page_with_the_link_while_no_mail_server_is_named()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var browser = site.NewBrowser();

        var answer = await browser.PostAsync(
            await browser.GoAsync($"{Account}/Register"),
            "#registerForm",
            ("Input.Email", person.Email),
            ("Input.Password", person.Password),
            ("Input.ConfirmPassword", person.Password)
        );

        var next = answer.Headers.Location!.OriginalString;
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(
            $"{Account}/RegisterConfirmation?email={person.Email}&returnUrl=%2F",
            Uri.UnescapeDataString(next)
                .Replace("returnUrl=/", "returnUrl=%2F", StringComparison.Ordinal)
        );
        var link = (await browser.GoAsync(next)).One<IHtmlAnchorElement>("#confirm-link");
        Assert.Equal(HttpStatusCode.OK, (await browser.GoAsync(link.GetAttribute("href")!)).Status);
    }

    /// <summary>The stock file has the authenticator key in it; ours has none (ux.md, section 3).</summary>
    [Fact]
    public async Task Personal_data_is_a_file_by_its_form_alone_and_deleting_leads_to_the_start()
    {
        await using var site = await TestSite.StartAsync();
        var (browser, person) = await site.SignedInPersonAsync();

        var file = await browser.PostAsync(
            await browser.GoAsync($"{Manage}/PersonalData"),
            "#download-data"
        );
        var read = (await browser.GoAsync($"{Manage}/DownloadPersonalData")).Status;
        var deleted = await browser.PostAsync(
            await browser.GoAsync($"{Manage}/DeletePersonalData"),
            "#delete-user",
            ("Input.Password", person.Password)
        );

        var data = System.Text.Json.JsonDocument.Parse(await file.Content.ReadAsStringAsync());
        Assert.Equal(
            [
                "Id",
                "UserName",
                "Email",
                "EmailConfirmed",
                "PhoneNumber",
                "PhoneNumberConfirmed",
                "TwoFactorEnabled",
            ],
            data.RootElement.EnumerateObject().Select(property => property.Name).Take(7)
        );
        Assert.Equal("null", data.RootElement.GetProperty("PhoneNumber").GetString());
        Assert.False(data.RootElement.TryGetProperty("Authenticator Key", out _));
        Assert.Equal(HttpStatusCode.NotFound, read);
        Assert.Equal(
            (HttpStatusCode.Redirect, "/"),
            (deleted.StatusCode, deleted.Headers.Location?.OriginalString)
        );
    }

    [Theory]
    [InlineData("ChangePassword")]
    [InlineData("ResetAuthenticator")]
    public async Task A_change_of_what_opens_the_account_changes_the_security_stamp(string page)
    {
        await using var site = await TestSite.StartAsync();
        var (browser, person) = await site.SignedInPersonAsync();
        await browser.SetAppUpAsync(site);
        var before = await StampAsync(site, person);

        if (page == "ChangePassword")
        {
            await browser.SubmitAsync(
                await browser.GoAsync($"{Manage}/ChangePassword"),
                "#change-password-form",
                ("Input.OldPassword", person.Password),
                ("Input.NewPassword", "quite another set of words"),
                ("Input.ConfirmPassword", "quite another set of words")
            );
        }
        else
        {
            var form = await browser.GoAsync($"{Manage}/ResetAuthenticator");
            var asked = await browser.SubmitAsync(form, "#reset-authenticator-form");
            if (asked.Path == $"{Account}/StepUp")
            {
                await browser.StepUpAsync(asked, person);
                await browser.SubmitAsync(form, "#reset-authenticator-form");
            }
        }

        Assert.NotEqual(before, await StampAsync(site, person));
    }

    /// <summary>The stock page leads to Lockout, which tells that the account is there and, at times, that the password was right.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_locked_account_gets_the_sentence_of_a_wrong_password(bool isRight)
    {
        await using var site = await TestSite.StartAsync();
        var (browser, person) = await site.SignedInPersonAsync();
        await browser.SignOutAsync();
        await site.LockAsync(person, TimeSpan.FromMinutes(15));

        var page = await (await LoginPage.OpenAsync(browser)).SubmitAsync(
            person.Email,
            isRight ? person.Password : "not the password at all"
        );

        page.ShouldBe(LoginPage.Path).ShouldSay("Invalid login attempt.");
    }

    /// <summary>The stock site takes a visit of that page for consent.</summary>
    [Fact]
    public async Task Looking_at_the_privacy_page_changes_nothing_and_is_not_needed()
    {
        await using var site = await TestSite.StartAsync();
        var (browser, person) = await site.SignedInPersonAsync();
        var before = await StampAsync(site, person);
        await browser.GoAsync("/");
        var cookies = browser.Cookies.GetAllCookies().Select(cookie => cookie.Name).ToHashSet();

        await browser.GoAsync("/Privacy");

        Assert.Equal(
            cookies,
            browser.Cookies.GetAllCookies().Select(cookie => cookie.Name).ToHashSet()
        );
        Assert.Equal(before, await StampAsync(site, person));
        await browser.SetAppUpAsync(site);
        Assert.NotEqual(before, await StampAsync(site, person));
    }

    /// <summary>The stock page throws.</summary>
    [Theory]
    [InlineData("LoginWith2fa")]
    [InlineData("LoginWith2faApp")]
    [InlineData("LoginWithRecoveryCode")]
    public async Task A_code_page_without_a_sign_in_under_way_leads_back_with_a_sentence(
        string page
    )
    {
        await using var site = await TestSite.StartAsync();

        (await site.NewBrowser().GoAsync($"{Account}/{page}")).ShouldBe(LoginPage.Path);
    }

    private static Task<string?> StampAsync(TestSite site, Person person) =>
        site.InDatabaseAsync(db =>
            db.Users.Where(u => u.Email == person.Email).Select(u => u.SecurityStamp).SingleAsync()
        );

    /// <summary>The stock pages act on a GET; ours wait for a person, since mail scanners follow links.</summary>
    [Theory]
    [InlineData("ConfirmEmail")]
    [InlineData("ConfirmEmailChange")]
    [InlineData("NotMe")]
    public async Task A_page_behind_a_mailed_link_has_one_button_and_a_post_acts(string page)
    {
        await using var site = await TestSite.StartAsync();

        var shown = await site.NewBrowser().GoAsync($"{Account}/{page}?code=AAAA");

        Assert.Equal(HttpStatusCode.OK, shown.Status);
        Assert.Equal("post", shown.One<IHtmlFormElement>("form").Method);
        shown.One<IHtmlButtonElement>("form [type=submit]");
    }

    [Fact]
    public async Task A_wrong_password_is_answered_by_the_sentence_that_everybody_knows()
    {
        await using var site = await TestSite.StartAsync();

        var page = await (await LoginPage.OpenAsync(site.NewBrowser())).SubmitAsync(
            "nobody@example.com",
            "wrong"
        );

        Assert.Equal(HttpStatusCode.OK, page.Status);
        page.ShouldSay("Invalid login attempt.");
    }

    [Theory]
    [InlineData("/Account/Login?returnUrl=%2FPrivacy", $"{Account}/Login?returnUrl=%2FPrivacy")]
    [InlineData("/Account/VerifyCode?provider=Phone", $"{Account}/LoginWith2fa?provider=Phone")]
    [InlineData("/Account/SendCode", $"{Account}/ResendCode")]
    [InlineData("/Manage/AddPhoneNumber", $"{Manage}/AddPhoneNumber")]
    [InlineData("/Manage/VerifyPhoneNumber", $"{Manage}/VerifyPhoneNumber")]
    public async Task An_address_of_the_older_samples_leads_to_the_page_of_today(
        string old,
        string page
    )
    {
        await using var site = await TestSite.StartAsync();

        var answer = await site.NewBrowser()
            .SendAsync(new HttpRequestMessage(HttpMethod.Get, new Uri($"https://localhost{old}")));

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(page, answer.Headers.Location?.OriginalString);
    }
}

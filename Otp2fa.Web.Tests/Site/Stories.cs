using AngleSharp.Html.Dom;
using Otp2fa.Web.Tests.Site.Pages;

namespace Otp2fa.Web.Tests.Site;

/// <summary>What people do on the site, each step over its pages.</summary>
internal static class Stories
{
    public static string CodeOnPhone(this TestSite site, Person person) =>
        site.Infobip.LatestPin(person.Digits)
        ?? throw new InvalidOperationException("No message arrived.");

    /// <summary>A code that is certainly not the one on the phone.</summary>
    public static string WrongCode(this TestSite site, Person person)
    {
        var right = site.CodeOnPhone(person);
        return (right[0] == '9' ? '0' : (char)(right[0] + 1)) + right[1..];
    }

    public static async Task RegisterAsync(this Browser browser, Person person)
    {
        var register = await RegisterPage.OpenAsync(browser);
        var confirmation = await register.SubmitAsync(person.Email, person.Password);
        confirmation.ShouldBe("/Identity/Account/RegisterConfirmation");
        var link = confirmation.One<IHtmlAnchorElement>("#confirm-link").GetAttribute("href")!;
        var confirm = (await browser.GoAsync(link)).ShouldBe("/Identity/Account/ConfirmEmail");
        var login = await browser.SubmitAsync(confirm, "main form");
        login.ShouldBe(LoginPage.Path).ShouldSay("Your e-mail address is confirmed.");
    }

    /// <summary>Signs in with the password alone; the account has no second factor.</summary>
    public static async Task<HtmlPage> SignInAsync(this Browser browser, Person person)
    {
        var page = await (await LoginPage.OpenAsync(browser)).SubmitAsync(
            person.Email,
            person.Password
        );
        Assert.True(page.Has("#manage"), $"Not signed in:\n{page.Html}");
        return page;
    }

    /// <summary>Registered and signed in, with the password alone.</summary>
    public static async Task<(Browser Browser, Person Person)> SignedInPersonAsync(
        this TestSite site
    )
    {
        var person = Person.New();
        var browser = site.NewBrowser();
        await browser.RegisterAsync(person);
        await browser.SignInAsync(person);
        return (browser, person);
    }

    /// <summary>Types the password and arrives at the code page.</summary>
    public static async Task<CodePage> TypePasswordAsync(
        this Browser browser,
        Person person,
        string? returnUrl = null
    ) =>
        new(
            browser,
            await (await LoginPage.OpenAsync(browser, returnUrl)).SubmitAsync(
                person.Email,
                person.Password
            )
        );

    public static async Task<HtmlPage> StartNumberAsync(this Browser browser, string number)
    {
        var add = (await browser.GoAsync("/Identity/Account/Manage/AddPhoneNumber")).ShouldBe(
            "/Identity/Account/Manage/AddPhoneNumber"
        );
        return await browser.SubmitAsync(add, "#add-phone-number", ("Input.PhoneNumber", number));
    }

    public static async Task<TwoFactorPage> ProveNumberAsync(
        this Browser browser,
        TestSite site,
        Person person
    )
    {
        var verify = (await browser.StartNumberAsync(person.Number)).ShouldBe(
            "/Identity/Account/Manage/VerifyPhoneNumber"
        );
        return new TwoFactorPage(
            browser,
            await browser.SubmitAsync(
                verify,
                "#verify-phone-number",
                ("Input.Code", site.CodeOnPhone(person))
            )
        );
    }

    public static async Task SignOutAsync(this Browser browser)
    {
        var page = await browser.GoAsync("/");
        var after = await browser.SubmitAsync(page, "#logoutForm");
        Assert.False(after.Has("#manage"));
    }

    /// <summary>Registered, number proved, two-factor authentication on, and signed out again.</summary>
    public static async Task<Person> PersonWithTwoFactorAsync(this TestSite site)
    {
        var person = Person.New();
        var browser = site.NewBrowser();
        await browser.EnrolAsync(site, person);
        await browser.SignOutAsync();
        return person;
    }

    /// <summary>Registered, number proved, two-factor authentication on, still signed in.</summary>
    public static async Task EnrolAsync(this Browser browser, TestSite site, Person person)
    {
        await browser.RegisterAsync(person);
        await browser.SignInAsync(person);
        var settings = await browser.ProveNumberAsync(site, person);
        Assert.True(new TwoFactorPage(browser, await settings.TurnOnAsync()).IsOn);
    }

    public static async Task<bool> IsSignedInAsync(this Browser browser) =>
        (await browser.GoAsync("/")).Has("#manage");

    /// <summary>Sets an authenticator app up in a browser that may, and keeps the recovery codes if any are shown.</summary>
    public static async Task<Authenticator> SetAppUpAsync(this Browser browser, TestSite site)
    {
        var setup = await AppSetupPage.OpenAsync(browser);
        var next = await setup.SubmitAsync(setup.App.CodeAt(site.Clock.GetUtcNow()));
        if (next.Path == RecoveryCodesPage.Path)
        {
            next = await new RecoveryCodesPage(browser, next).KeepAsync();
        }

        Assert.True(new TwoFactorPage(browser, next).IsOn);
        return setup.App;
    }

    /// <summary>Registered, an app set up as the only second factor, and signed out again.</summary>
    public static async Task<(Person Person, Authenticator App)> PersonWithAppAsync(
        this TestSite site
    )
    {
        var person = Person.New();
        var browser = site.NewBrowser();
        await browser.RegisterAsync(person);
        await browser.SignInAsync(person);
        var app = await browser.SetAppUpAsync(site);
        await browser.SignOutAsync();
        site.Clock.Advance(TimeSpan.FromSeconds(30));
        return (person, app);
    }

    /// <summary>Types the password and arrives where the app's code is asked for.</summary>
    public static async Task<AppCodePage> TypePasswordForAppAsync(
        this Browser browser,
        Person person,
        string? returnUrl = null
    ) =>
        new(
            browser,
            await (await LoginPage.OpenAsync(browser, returnUrl)).SubmitAsync(
                person.Email,
                person.Password
            )
        );

    /// <summary>Signs in with password and the code of a message.</summary>
    public static async Task SignInWithCodeAsync(this Browser browser, TestSite site, Person person)
    {
        await (await browser.TypePasswordAsync(person)).SubmitAsync(site.CodeOnPhone(person));
        Assert.True(await browser.IsSignedInAsync());
    }

    /// <summary>Types the password in a step-up; the answer is the next page.</summary>
    public static async Task<HtmlPage> StepUpAsync(
        this Browser browser,
        HtmlPage page,
        Person person
    ) =>
        await browser.SubmitAsync(
            page.ShouldBe("/Identity/Account/StepUp"),
            "#step-up",
            ("Input.Password", person.Password)
        );

    /// <summary>Types whatever code the second half of a step-up asks for.</summary>
    public static Task<HtmlPage> StepUpCodeAsync(
        this Browser browser,
        HtmlPage page,
        string code
    ) =>
        browser.SubmitAsync(
            page.ShouldBe("/Identity/Account/StepUpCode"),
            "#step-up-code",
            ("Input.Code", code)
        );

    /// <summary>Somebody who has 2FA on and looks at the recovery codes, signed in.</summary>
    public static async Task<(Browser Browser, RecoveryCodesPage Shown)> TurnOnAsync(
        this TestSite site,
        Person person
    )
    {
        var browser = site.NewBrowser();
        await browser.RegisterAsync(person);
        await browser.SignInAsync(person);
        return (browser, await (await browser.ProveNumberAsync(site, person)).TurnOnAndLookAsync());
    }
}

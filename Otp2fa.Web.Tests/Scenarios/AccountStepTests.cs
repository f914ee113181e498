using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Otp2fa.Web.Data;
using Otp2fa.Web.Tests.Site;
using Otp2fa.Web.Tests.Site.Pages;

namespace Otp2fa.Web.Tests.Scenarios;

/// <summary>Registering, confirming, and the password step.</summary>
[Trait("Covers", "R03")]
public sealed class AccountStepTests
{
    [Fact]
    public async Task Given_unknown_wrong_locked_and_unconfirmed_the_password_step_answers_the_same()
    {
        await using var site = await TestSite.StartAsync();
        var known = Person.New();
        var locked = Person.New();
        var unconfirmed = Person.New();
        await site.NewBrowser().RegisterAsync(known);
        await site.NewBrowser().RegisterAsync(locked);
        await (await RegisterPage.OpenAsync(site.NewBrowser())).SubmitAsync(
            unconfirmed.Email,
            unconfirmed.Password
        );
        for (var i = 0; i < 5; i++)
        {
            await (await LoginPage.OpenAsync(site.NewBrowser())).SubmitAsync(
                locked.Email,
                "not the password at all"
            );
        }

        string[] answers =
        [
            await AnswerAsync("nobody@example.com", "not the password at all"),
            await AnswerAsync(known.Email, "not the password at all"),
            await AnswerAsync(locked.Email, "not the password at all"),
            await AnswerAsync(locked.Email, locked.Password),
            await AnswerAsync(unconfirmed.Email, unconfirmed.Password),
        ];

        Assert.Single(answers.Distinct());
        Assert.Contains("Invalid login attempt.", answers[0], StringComparison.Ordinal);

        async Task<string> AnswerAsync(string email, string password)
        {
            var browser = site.NewBrowser();
            var login = await LoginPage.OpenAsync(browser);
            var response = await login.PostAsync(email, password);
            var body = await response.Content.ReadAsStringAsync();
            return $"{(int)response.StatusCode} {response.Headers.Contains("Set-Cookie")} "
                + System.Text.RegularExpressions.Regex.Replace(
                    body.Replace(email, "EMAIL", StringComparison.Ordinal),
                    "CfDJ8[\\w-]+",
                    "TOKEN",
                    System.Text.RegularExpressions.RegexOptions.None,
                    TimeSpan.FromSeconds(1)
                );
        }
    }

    [Fact]
    public async Task Given_unknown_locked_and_unconfirmed_each_costs_one_password_hash_as_a_wrong_password_does()
    {
        var hasher = new CountingHasher();
        await using var site = await TestSite.StartAsync(
            "Development",
            services => services.AddSingleton<IPasswordHasher<ApplicationUser>>(hasher)
        );
        var known = Person.New();
        var unconfirmed = Person.New();
        await site.NewBrowser().RegisterAsync(known);
        await (await RegisterPage.OpenAsync(site.NewBrowser())).SubmitAsync(
            unconfirmed.Email,
            unconfirmed.Password
        );

        Assert.Equal(1, await HashesOfAsync(known.Email));
        Assert.Equal(1, await HashesOfAsync("nobody@example.com"));
        Assert.Equal(1, await HashesOfAsync(unconfirmed.Email));
        for (var i = 0; i < 4; i++)
        {
            await HashesOfAsync(known.Email);
        }

        Assert.Equal(1, await HashesOfAsync(known.Email));

        async Task<int> HashesOfAsync(string email)
        {
            var login = await LoginPage.OpenAsync(site.NewBrowser());
            var before = hasher.Checks;
            await login.SubmitAsync(email, "not the password at all");
            return hasher.Checks - before;
        }
    }

    [Fact]
    public async Task Given_a_known_address_registering_again_answers_the_same_and_changes_nothing()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var browser = site.NewBrowser();
        await browser.RegisterAsync(person);

        var page = await RegisterPage.OpenAsync(site.NewBrowser());
        var answer = await page.SubmitAsync(
            person.Email.ToUpperInvariant(),
            "another password of mine"
        );

        answer.ShouldBe("/Identity/Account/RegisterConfirmation");
        Assert.Equal(1, await site.InDatabaseAsync(db => db.Users.CountAsync()));
        await browser.SignInAsync(person);
    }

    [Fact]
    public async Task Given_ten_registrations_of_one_address_at_once_there_is_one_account_and_no_error()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var pages = await Task.WhenAll(
            Enumerable.Range(0, 10).Select(_ => RegisterPage.OpenAsync(site.NewBrowser()))
        );

        var answers = await Task.WhenAll(
            pages.Select(page => page.SubmitAsync(person.Email, person.Password))
        );

        Assert.All(answers, answer => answer.ShouldBe("/Identity/Account/RegisterConfirmation"));
        Assert.Equal(1, await site.InDatabaseAsync(db => db.Users.CountAsync()));
    }

    [Theory]
    [InlineData(14, false)]
    [InlineData(15, true)]
    [InlineData(128, true)]
    [InlineData(129, false)]
    public async Task Given_a_password_its_length_decides(int length, bool taken)
    {
        await using var site = await TestSite.StartAsync();
        var page = await RegisterPage.OpenAsync(site.NewBrowser());

        var answer = await page.SubmitAsync("length@example.com", LongPassword(length));

        Assert.Equal(taken, answer.Path == "/Identity/Account/RegisterConfirmation");
        if (!taken)
        {
            Assert.Equal(
                [
                    length < 15
                        ? "Use a password of at least 15 characters."
                        : "Use a password of at most 128 characters.",
                ],
                answer.Errors
            );
        }
    }

    [Fact]
    public async Task Given_a_password_with_outer_spaces_and_emoji_it_is_taken_verbatim()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New() with { Password = "  pässwörd 🔑 of mine  " };
        var browser = site.NewBrowser();
        await browser.RegisterAsync(person);

        var trimmed = await (await LoginPage.OpenAsync(browser)).SubmitAsync(
            person.Email,
            person.Password.Trim()
        );
        Assert.Equal(["Invalid login attempt."], trimmed.Errors);
        await browser.SignInAsync(person);
    }

    [Theory]
    [InlineData("", "Enter your e-mail address.")]
    [InlineData(
        "two@at@example.com",
        "Enter an e-mail address in the correct format, like name@example.com."
    )]
    [InlineData(
        "spa ce@example.com",
        "Enter an e-mail address in the correct format, like name@example.com."
    )]
    [InlineData(
        "näme@example.com",
        "Enter an e-mail address in the correct format, like name@example.com."
    )]
    [InlineData(
        "<script>@example.com",
        "Enter an e-mail address in the correct format, like name@example.com."
    )]
    [InlineData(
        "no-address",
        "Enter an e-mail address in the correct format, like name@example.com."
    )]
    public async Task Given_what_is_no_address_the_field_says_so(string email, string sentence)
    {
        await using var site = await TestSite.StartAsync();
        var page = await RegisterPage.OpenAsync(site.NewBrowser());

        Assert.Equal([sentence], (await page.SubmitAsync(email, "correct horse battery")).Errors);
    }

    [Fact]
    public async Task Given_a_form_with_a_character_no_form_may_hold_it_is_refused_with_a_sentence()
    {
        await using var site = await TestSite.StartAsync();
        var page = await RegisterPage.OpenAsync(site.NewBrowser());

        var answer = await page.SubmitAsync("nul\0@example.com", "correct horse battery");

        Assert.Equal(System.Net.HttpStatusCode.BadRequest, answer.Status);
        answer.ShouldSay("Nothing was changed.");
    }

    [Theory]
    [InlineData(254, true)]
    [InlineData(255, false)]
    public async Task Given_an_address_its_length_is_at_most_254(int length, bool taken)
    {
        await using var site = await TestSite.StartAsync();
        var page = await RegisterPage.OpenAsync(site.NewBrowser());
        // A local part of 64, and labels of 63 at most (RFC 5321 4.5.3.1.1, RFC 1035 2.3.4).
        var label = new string('b', 62);
        var address = $"{new string('a', 64)}@{label}.{label}.{label}";

        var answer = await page.SubmitAsync(
            $"{address[..^9]}.{new string('c', length - address.Length + 8)}",
            "correct horse battery"
        );

        Assert.Equal(taken, answer.Path == "/Identity/Account/RegisterConfirmation");
    }

    [Fact]
    public async Task Given_two_different_passwords_the_field_says_so()
    {
        await using var site = await TestSite.StartAsync();
        var page = await RegisterPage.OpenAsync(site.NewBrowser());

        var answer = await page.SubmitAsync(
            "two@example.com",
            "correct horse battery",
            "correct horse butter"
        );

        Assert.Equal(["The two passwords are not the same."], answer.Errors);
    }

    [Fact]
    public async Task Given_a_confirmation_link_opening_it_changes_nothing_and_its_button_confirms()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var browser = site.NewBrowser();
        var confirmation = await (await RegisterPage.OpenAsync(browser)).SubmitAsync(
            person.Email,
            person.Password
        );
        var link = confirmation
            .One<AngleSharp.Html.Dom.IHtmlAnchorElement>("#confirm-link")
            .GetAttribute("href")!;

        var shown = await browser.GoAsync(link);
        Assert.False(await site.InDatabaseAsync(db => db.Users.AnyAsync(u => u.EmailConfirmed)));
        await browser.SubmitAsync(shown, "main form");

        Assert.True(await site.InDatabaseAsync(db => db.Users.AnyAsync(u => u.EmailConfirmed)));
    }

    [Theory]
    [InlineData("/Identity/Account/ConfirmEmail")]
    [InlineData("/Identity/Account/ConfirmEmail?userId=nobody&code=AAAA")]
    [InlineData("/Identity/Account/ConfirmEmail?userId=nobody&code=%%%")]
    public async Task Given_a_broken_confirmation_link_its_button_says_so(string address)
    {
        await using var site = await TestSite.StartAsync();
        var browser = site.NewBrowser();
        var shown = await browser.GoAsync(address);

        var answer = await browser.SubmitAsync(shown, "main form");

        answer
            .ShouldBe("/Identity/Account/ConfirmEmail")
            .ShouldSay("This link does not work any more.");
    }

    [Fact]
    public async Task Given_mail_is_switched_off_registration_is_closed_and_says_so()
    {
        await using var site = await TestSite.StartAsync(("Mail:Disabled", "true"));

        var page = await site.NewBrowser().GoAsync(RegisterPage.Path);

        page.ShouldBe(RegisterPage.Path).ShouldSay("New accounts cannot be created at the moment.");
        Assert.False(page.Has("#registerForm"));
    }

    private sealed class CountingHasher : PasswordHasher<ApplicationUser>
    {
        public int Checks { get; private set; }

        public override PasswordVerificationResult VerifyHashedPassword(
            ApplicationUser user,
            string hashedPassword,
            string providedPassword
        )
        {
            Checks++;
            return base.VerifyHashedPassword(user, hashedPassword, providedPassword);
        }
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    public async Task Given_an_address_that_nobody_confirms_its_account_is_kept_for_seven_days(
        int secondsFromEnd,
        bool isKept
    )
    {
        await using var site = await TestSite.StartAsync();
        var confirmed = Person.New();
        await site.NewBrowser().RegisterAsync(confirmed);
        var person = Person.New();
        await (await RegisterPage.OpenAsync(site.NewBrowser())).SubmitAsync(
            person.Email,
            person.Password
        );
        site.Clock.Advance(TimeSpan.FromDays(7) + TimeSpan.FromSeconds(secondsFromEnd));

        await site.PurgeAsync();

        var left = await site.InDatabaseAsync(db => db.Users.Select(u => u.Email).ToListAsync());
        Assert.Contains(confirmed.Email, left);
        Assert.Equal(isKept, left.Contains(person.Email));
    }

    /// <summary>Of so many characters, and nothing that is tried first.</summary>
    private static string LongPassword(int length) =>
        string.Concat(Enumerable.Repeat("gnat umbra quoin ", 20))[..length];
}

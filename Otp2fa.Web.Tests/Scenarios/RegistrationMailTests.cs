using Otp2fa.Web.Tests.Site;
using Otp2fa.Web.Tests.Site.Pages;
using static Otp2fa.Web.Tests.Site.MailStories;

namespace Otp2fa.Web.Tests.Scenarios;

/// <summary>What is mailed when somebody registers, once or again.</summary>
[Trait("Covers", "T23")]
[Trait("Covers", "L16")]
public sealed class RegistrationMailTests
{
    private const string OwnersPassword = "the password of the owner";

    [Fact]
    public async Task The_mailed_link_confirms_the_address_once_and_leads_on_to_where_the_person_was_going()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var browser = site.NewBrowser();
        var register = await browser.GoAsync($"{RegisterPage.Path}?ReturnUrl=%2FPrivacy");
        await browser.SubmitAsync(
            register,
            "#registerForm",
            ("Input.Email", person.Email),
            ("Input.Password", person.Password),
            ("Input.ConfirmPassword", person.Password)
        );
        var letter = await site.NewestMailAsync(person.Email);
        Assert.StartsWith(
            $"{Account}/ConfirmEmail?",
            letter.PathAndQuery,
            StringComparison.Ordinal
        );
        // A mail scanner opens it, and nothing happens.
        await site.NewBrowser().GoAsync(letter.PathAndQuery);
        Assert.False(await browser.OpensAsync(person.Email, person.Password));

        var login = await browser.PressBehindAsync(letter);

        login.ShouldBe(LoginPage.Path).ShouldSay("Your e-mail address is confirmed.");
        Assert.Equal("?ReturnUrl=%2FPrivacy", login.Address.Query);
        (await browser.PressBehindAsync(letter)).ShouldSay("This link does not work any more.");
        await browser.SignInAsync(person);
    }

    [Fact]
    public async Task Registering_a_known_address_tells_its_owner_and_changes_nothing()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        await site.NewBrowser().RegisterAsync(person);

        await RegisterAsync(site, person.Email, "a password of a stranger");

        var letter = await site.NewestMailAsync(person.Email);
        Assert.Equal("Otp2fa: You have an account already", letter.Subject);
        Assert.Equal(LoginPage.Path, letter.PathAndQuery);
        await site.NewBrowser().SignInAsync(person);
    }

    [Theory]
    [InlineData("the mail of the second registration")]
    [InlineData("the mail of the first")]
    [InlineData("a mail that is asked for again")]
    public async Task A_stranger_who_registers_an_address_first_is_not_let_in_by_its_owner_s_confirmation(
        string opened
    )
    {
        const string strangersPassword = "a password of a stranger";
        await using var site = await TestSite.StartAsync();
        var owner = Person.New() with { Password = OwnersPassword };
        await RegisterAsync(site, owner.Email, strangersPassword);
        var first = await site.NewestMailAsync(owner.Email);
        var browser = site.NewBrowser();

        await RegisterAsync(site, owner.Email, OwnersPassword);
        var second = await site.NewestMailAsync(owner.Email);
        switch (opened)
        {
            case "the mail of the first":
                (await browser.PressBehindAsync(first)).ShouldSay(
                    "This link does not work any more."
                );
                break;
            case "a mail that is asked for again":
                await browser.AskConfirmationAsync(owner.Email);
                second = await site.NewestMailAsync(owner.Email);
                break;
        }

        Assert.False(await site.NewBrowser().OpensAsync(owner.Email, strangersPassword));
        await browser.ResetAsync(second, owner.Email, OwnersPassword);
        await browser.SignInAsync(owner);
        Assert.False(await site.NewBrowser().OpensAsync(owner.Email, strangersPassword));
    }

    [Fact]
    public async Task A_stranger_who_registers_first_and_uses_up_the_owner_s_mails_gains_nothing()
    {
        await using var site = await TestSite.StartAsync();
        var owner = Person.New() with { Password = OwnersPassword };
        const string strangersPassword = "a password of the stranger";
        await RegisterAsync(site, owner.Email, strangersPassword);
        var stranger = site.NewBrowser();
        await stranger.AskConfirmationAsync(owner.Email);
        await stranger.AskConfirmationAsync(owner.Email);
        var letters = (await site.ReadMailsAsync()).Where(mail => mail.To == owner.Email).ToList();

        // No mail goes any more; the stranger's password is gone all the same, and every link before.
        await RegisterAsync(site, owner.Email, OwnersPassword);
        foreach (var letter in letters)
        {
            await site.NewBrowser().GoAsync(letter.PathAndQuery);
        }

        Assert.NotEmpty(letters);
        Assert.False(await site.NewBrowser().OpensAsync(owner.Email, strangersPassword));
        site.Clock.Advance(TimeSpan.FromHours(1));
        await RegisterAsync(site, owner.Email, OwnersPassword);
        var browser = site.NewBrowser();
        await browser.ResetAsync(
            await site.NewestMailAsync(owner.Email),
            owner.Email,
            OwnersPassword
        );
        Assert.True(await browser.OpensAsync(owner.Email, OwnersPassword));
        Assert.False(await site.NewBrowser().OpensAsync(owner.Email, strangersPassword));
    }

    [Fact]
    public async Task Somebody_who_registers_an_address_again_and_again_does_not_kill_the_link_that_its_owner_has()
    {
        await using var site = await TestSite.StartAsync();
        var owner = Person.New() with { Password = OwnersPassword };
        await RegisterAsync(site, owner.Email, "a password of the stranger");
        await RegisterAsync(site, owner.Email, OwnersPassword);
        var letter = await site.NewestMailAsync(owner.Email);
        for (var i = 0; i < 3; i++)
        {
            await RegisterAsync(site, owner.Email, "a password of the stranger");
        }

        var browser = site.NewBrowser();
        await browser.ResetAsync(letter, owner.Email, OwnersPassword);

        Assert.True(await browser.OpensAsync(owner.Email, OwnersPassword));
    }

    [Fact]
    public async Task From_one_client_address_only_so_many_accounts_are_registered_in_an_hour()
    {
        await using var site = await TestSite.StartOnPortAsync(
            ("Limits:RegistrationsPerAddressAndHour", "2")
        );
        await RegisterAsync(site, Person.New().Email, OwnersPassword);
        await RegisterAsync(site, Person.New().Email, OwnersPassword);

        var page = await (await RegisterPage.OpenAsync(site.NewBrowser())).SubmitAsync(
            Person.New().Email,
            OwnersPassword
        );

        page.ShouldBe(RegisterPage.Path)
            .ShouldSay("Too many accounts were created from your network.");
    }

    [Fact]
    public async Task Registering_a_known_address_over_and_over_mails_its_owner_three_times_an_hour()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        await site.NewBrowser().RegisterAsync(person);
        site.Clock.Advance(TimeSpan.FromHours(1));
        var before = (await site.ReadMailsAsync()).Count;

        for (var i = 0; i < 5; i++)
        {
            await RegisterAsync(site, person.Email, "a password of a stranger");
        }

        Assert.Equal(before + 3, (await site.ReadMailsAsync()).Count);
    }

    [Fact]
    public async Task A_mailbox_that_was_asked_for_too_often_can_still_be_registered()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        for (var i = 0; i < 5; i++)
        {
            await site.NewBrowser().ForgetPasswordAsync(person.Email);
        }

        await RegisterAsync(site, person.Email, person.Password);

        await site.NewBrowser().PressBehindAsync(await site.NewestMailAsync(person.Email));
        await site.NewBrowser().SignInAsync(person);
    }

    [Fact]
    public async Task The_message_to_confirm_is_sent_again_to_who_waits_for_it()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        await RegisterAsync(site, person.Email, person.Password);
        await site.ReadMailsAsync();
        site.Clock.Advance(TimeSpan.FromDays(2));

        (await site.NewBrowser().AskConfirmationAsync(person.Email)).ShouldSay(
            "Verification email sent."
        );

        var mails = await site.ReadMailsAsync();
        Assert.Equal(2, mails.Count);
        (await site.NewBrowser().PressBehindAsync(mails[0])).ShouldSay(
            "This link does not work any more."
        );
        await site.NewBrowser().PressBehindAsync(mails[1]);
        await site.NewBrowser().SignInAsync(person);
    }

    [Fact]
    public async Task Who_is_confirmed_already_is_told_so()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        await site.NewBrowser().RegisterAsync(person);

        await site.NewBrowser().AskConfirmationAsync(person.Email);

        Assert.Equal(
            "Otp2fa: You have an account already",
            (await site.NewestMailAsync(person.Email)).Subject
        );
    }

    private static async Task RegisterAsync(TestSite site, string email, string password) =>
        (
            await (await RegisterPage.OpenAsync(site.NewBrowser())).SubmitAsync(email, password)
        ).ShouldBe($"{Account}/RegisterConfirmation");
}

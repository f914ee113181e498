using Microsoft.EntityFrameworkCore;
using Otp2fa.Web.Tests.Site;
using Otp2fa.Web.Tests.Site.Pages;
using static Otp2fa.Web.Tests.Site.MailStories;

namespace Otp2fa.Web.Tests.Scenarios;

/// <summary>Another address for an account: proved at the new one, told to the old, and undone by its owner's word.</summary>
[Trait("Covers", "R45")]
[Trait("Covers", "T18")]
public sealed class EmailChangeTests
{
    private const string EmailPage = Account + "/Manage/Email";
    private const string NewPassword = "quite another set of words";

    [Fact]
    public async Task The_link_in_the_new_mailbox_makes_its_address_the_one_to_sign_in_with()
    {
        await using var site = await TestSite.StartAsync();
        var (browser, person) = await site.SignedInPersonAsync();
        var address = Person.New().Email;

        (await browser.AskForAddressAsync(site, person, address))
            .ShouldBe(EmailPage)
            .ShouldSay("We sent a link to the new address.");
        var letter = await site.NewestMailAsync(address);
        // Nothing happened yet, and opening the link does nothing either.
        await browser.GoAsync(letter.PathAndQuery);
        Assert.True(await site.NewBrowser().OpensAsync(person.Email, person.Password));
        (await browser.PressBehindAsync(letter))
            .ShouldBe(EmailPage)
            .ShouldSay("The e-mail address is changed.");

        Assert.True(await browser.IsSignedInAsync());
        Assert.False(await site.NewBrowser().OpensAsync(person.Email, person.Password));
        await site.NewBrowser().SignInAsync(person with { Email = address });
    }

    [Fact]
    public async Task Both_addresses_are_told()
    {
        await using var site = await TestSite.StartAsync();
        var (browser, person) = await site.SignedInPersonAsync();
        var address = Person.New().Email;

        await ChangeAsync(site, browser, person, address);

        foreach (var to in new[] { person.Email, address })
        {
            Assert.Equal(
                "Otp2fa: Your e-mail address was changed",
                (await site.NewestMailAsync(to)).Subject
            );
        }
    }

    [Fact]
    public async Task Other_sessions_and_remembered_browsers_end_and_the_second_factor_stays()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        var (here, elsewhere) = (site.NewBrowser(), site.NewBrowser());
        site.Clock.Advance(TimeSpan.FromMinutes(3));
        await (await elsewhere.TypePasswordAsync(person)).SubmitAndRememberAsync(
            site.CodeOnPhone(person)
        );
        site.Clock.Advance(TimeSpan.FromMinutes(3));
        await here.SignInWithCodeAsync(site, person);
        var address = Person.New().Email;

        await ChangeAsync(site, here, person, address);

        Assert.True(await here.IsSignedInAsync());
        Assert.False(await elsewhere.IsSignedInAsync());
        site.Clock.Advance(TimeSpan.FromMinutes(3));
        var code = await elsewhere.TypePasswordAsync(person with { Email = address });
        await code.SubmitAsync(site.CodeOnPhone(person));
        Assert.True(await elsewhere.IsSignedInAsync());
    }

    [Fact]
    public async Task A_stale_session_is_asked_who_it_is_before_a_link_goes_out()
    {
        await using var site = await TestSite.StartAsync();
        var (browser, _) = await site.SignedInPersonAsync();
        site.Clock.Advance(TimeSpan.FromMinutes(6));

        var page = await browser.SubmitAsync(
            await browser.GoAsync(EmailPage),
            "#email-form",
            ("Input.NewEmail", "thief@example.com")
        );

        page.ShouldBe($"{Account}/StepUp");
        Assert.Empty(await site.ReadMailsAsync());
    }

    [Fact]
    public async Task An_address_of_another_account_is_told_to_its_owner_alone()
    {
        await using var site = await TestSite.StartAsync();
        var (browser, person) = await site.SignedInPersonAsync();
        var other = Person.New();
        await site.NewBrowser().RegisterAsync(other);

        (await browser.AskForAddressAsync(site, person, other.Email))
            .ShouldBe(EmailPage)
            .ShouldSay("We sent a link to the new address.");

        var letter = await site.NewestMailAsync(other.Email);
        Assert.Equal("Otp2fa: You have an account already", letter.Subject);
        Assert.Equal($"{Account}/Login", letter.PathAndQuery);
    }

    [Fact]
    public async Task An_address_that_was_taken_meanwhile_is_refused_with_a_sentence()
    {
        await using var site = await TestSite.StartAsync();
        var (browser, person) = await site.SignedInPersonAsync();
        var other = Person.New();
        await browser.AskForAddressAsync(site, person, other.Email);
        var letter = await site.NewestMailAsync(other.Email);
        await site.NewBrowser().RegisterAsync(other);

        (await browser.PressBehindAsync(letter)).ShouldSay(
            "Another account has this address by now."
        );

        await site.NewBrowser().SignInAsync(person);
    }

    [Fact]
    public async Task Of_two_accounts_that_prove_one_address_at_once_one_gets_it()
    {
        await using var site = await TestSite.StartAsync();
        var address = Person.New().Email;
        var links = new List<(Browser Browser, HtmlPage Page)>();
        for (var i = 0; i < 2; i++)
        {
            var (browser, person) = await site.SignedInPersonAsync();
            await browser.AskForAddressAsync(site, person, address);
            var letter = await site.NewestMailAsync(address);
            links.Add((browser, await browser.GoAsync(letter.PathAndQuery)));
        }

        var pages = await Task.WhenAll(
            links.Select(link => Task.Run(() => link.Browser.SubmitAsync(link.Page, "main form")))
        );

        Assert.Single(pages, page => page.Path == EmailPage);
        Assert.Single(pages, page => page.Errors.Count == 1);
    }

    [Theory]
    [InlineData(23, 59, 59, true)]
    [InlineData(24, 0, 0, false)]
    public async Task The_link_works_for_a_day(int hours, int minutes, int seconds, bool works)
    {
        await using var site = await TestSite.StartAsync();
        var (browser, person) = await site.SignedInPersonAsync();
        var address = Person.New().Email;
        await browser.AskForAddressAsync(site, person, address);
        var letter = await site.NewestMailAsync(address);

        site.Clock.Advance(new TimeSpan(hours, minutes, seconds));
        await site.NewBrowser().PressBehindAsync(letter);

        Assert.Equal(works, await site.NewBrowser().OpensAsync(address, person.Password));
    }

    [Fact]
    public async Task The_link_works_once_and_not_after_another_change_of_the_account()
    {
        await using var site = await TestSite.StartAsync();
        var (browser, person) = await site.SignedInPersonAsync();
        var (first, second) = (Person.New().Email, Person.New().Email);
        await browser.AskForAddressAsync(site, person, first);
        var old = await site.NewestMailAsync(first);
        await ChangeAsync(site, browser, person, second);

        (await browser.PressBehindAsync(old)).ShouldSay("This link does not work any more.");

        Assert.True(await site.NewBrowser().OpensAsync(second, person.Password));
    }

    [Theory]
    [InlineData("not an address", "Enter an e-mail address in the correct format")]
    [InlineData("", "Enter the new e-mail address.")]
    public async Task What_is_no_address_is_asked_for_again(string text, string sentence)
    {
        await using var site = await TestSite.StartAsync();
        var (browser, person) = await site.SignedInPersonAsync();

        (await browser.AskForAddressAsync(site, person, text))
            .ShouldBe(EmailPage)
            .ShouldSay(sentence);
        (await browser.AskForAddressAsync(site, person, person.Email)).ShouldSay(
            "That is the address you have already."
        );
    }

    [Fact]
    public async Task Only_three_links_are_mailed_for_an_account_in_an_hour()
    {
        await using var site = await TestSite.StartAsync();
        var (browser, person) = await site.SignedInPersonAsync();
        var address = Person.New().Email;
        for (var i = 0; i < 3; i++)
        {
            await browser.AskForAddressAsync(site, person, address);
        }

        (await browser.AskForAddressAsync(site, person, address)).ShouldSay(
            "Too many messages were asked for"
        );

        Assert.Equal(3, (await site.ReadMailsAsync()).Count(mail => mail.To == address));
    }

    [Fact]
    public async Task The_former_address_takes_the_account_back_at_once()
    {
        await using var site = await TestSite.StartAsync();
        var (browser, person) = await site.SignedInPersonAsync();
        var thief = Person.New();
        await ChangeAsync(site, browser, person, thief.Email);
        var owner = site.NewBrowser();

        (await owner.PressBehindAsync(await site.NewestMailAsync(person.Email))).ShouldSay(
            "Everybody is signed out"
        );

        Assert.False(await browser.IsSignedInAsync());
        Assert.False(await site.NewBrowser().OpensAsync(thief.Email, person.Password));
        Assert.Equal(
            "Otp2fa: Your account was reported",
            (await site.NewestMailAsync(thief.Email)).Subject
        );
        // Before the owner has done anything more, the newer address gets nothing.
        var before = (await site.ReadMailsAsync()).Count(mail => mail.To == thief.Email);
        await site.NewBrowser().ForgetPasswordAsync(thief.Email);
        Assert.Equal(before, (await site.ReadMailsAsync()).Count(mail => mail.To == thief.Email));
        var back = await site.NewestMailAsync(person.Email);
        (await owner.ResetAsync(back, person.Email, NewPassword)).ShouldBe(
            $"{Account}/ResetPasswordConfirmation"
        );
        await owner.SignInAsync(person with { Password = NewPassword });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Whoever_took_an_account_over_cannot_undo_its_owner_s_word(bool isReset)
    {
        await using var site = await TestSite.StartAsync();
        var (browser, person) = await site.SignedInPersonAsync();
        var (first, second) = (Person.New(), Person.New());
        await ChangeAsync(site, browser, person, first.Email);
        var ofOwner = await site.NewestMailAsync(person.Email);
        var toNew = await site.NewestMailAsync(first.Email);
        await ChangeAsync(site, browser, person with { Email = first.Email }, second.Email);
        var ofThief = await site.NewestMailAsync(first.Email);
        var toSecond = await site.NewestMailAsync(second.Email);
        var owner = site.NewBrowser();
        site.Clock.Advance(TimeSpan.FromSeconds(1));
        await owner.PressBehindAsync(ofOwner);
        var back = await site.NewestMailAsync(person.Email);
        var reported = await site.NewestMailAsync(second.Email);
        if (isReset)
        {
            await owner.ResetAsync(back, person.Email, NewPassword);
        }

        foreach (var letter in new[] { toNew, ofThief, toSecond, reported })
        {
            await site.NewBrowser().PressBehindAsync(letter);
        }

        if (!isReset)
        {
            await owner.ResetAsync(back, person.Email, NewPassword);
        }

        await owner.SignInAsync(person with { Password = NewPassword });
        Assert.Equal(0, await site.InDatabaseAsync(db => db.FormerAddresses.CountAsync()));
    }

    [Fact]
    public async Task Nobody_can_keep_an_address_from_its_owner_by_registering_it()
    {
        await using var site = await TestSite.StartAsync();
        var (browser, person) = await site.SignedInPersonAsync();
        await ChangeAsync(site, browser, person, Person.New().Email);
        var letter = await site.NewestMailAsync(person.Email);
        await (await RegisterPage.OpenAsync(site.NewBrowser())).SubmitAsync(
            person.Email,
            "a password of a squatter"
        );
        var owner = site.NewBrowser();

        (await owner.PressBehindAsync(letter)).ShouldSay("Everybody is signed out");

        await owner.ResetAsync(await site.NewestMailAsync(person.Email), person.Email, NewPassword);
        await owner.SignInAsync(person with { Password = NewPassword });
    }

    [Fact]
    public async Task An_account_that_only_claims_an_address_gives_way_to_who_proves_it()
    {
        await using var site = await TestSite.StartAsync();
        var (browser, person) = await site.SignedInPersonAsync();
        var claimed = Person.New();
        await (await RegisterPage.OpenAsync(site.NewBrowser())).SubmitAsync(
            claimed.Email,
            claimed.Password
        );

        await ChangeAsync(site, browser, person, claimed.Email);

        await site.NewBrowser().SignInAsync(person with { Email = claimed.Email });
    }

    [Fact]
    public async Task A_former_address_that_was_proved_by_another_account_is_not_given_back()
    {
        await using var site = await TestSite.StartAsync();
        var (browser, person) = await site.SignedInPersonAsync();
        var address = Person.New().Email;
        await ChangeAsync(site, browser, person, address);
        var letter = await site.NewestMailAsync(person.Email);
        await site.NewBrowser().RegisterAsync(person);

        (await site.NewBrowser().PressBehindAsync(letter)).ShouldSay(
            "Another account has this address by now"
        );

        // What the taker has ends all the same.
        Assert.False(await browser.IsSignedInAsync());
        Assert.False(await site.NewBrowser().OpensAsync(address, person.Password));
        await site.NewBrowser().SignInAsync(person);
    }

    [Theory]
    [InlineData("a reset by mail")]
    [InlineData("a notice of the new address")]
    [InlineData("a second change undone")]
    public async Task Nothing_that_the_taker_can_do_ends_the_say_of_the_former_address(string what)
    {
        await using var site = await TestSite.StartAsync();
        var (browser, person) = await site.SignedInPersonAsync();
        var (taker, second) = (Person.New(), Person.New());
        await ChangeAsync(site, browser, person, taker.Email);
        var ofOwner = await site.NewestMailAsync(person.Email);
        var ofTaker = await site.NewestMailAsync(taker.Email);
        site.Clock.Advance(TimeSpan.FromSeconds(1));
        if (what == "a second change undone")
        {
            await ChangeAsync(site, browser, person with { Email = taker.Email }, second.Email);
            ofTaker = await site.NewestMailAsync(taker.Email);
        }

        var thief = site.NewBrowser();
        site.Clock.Advance(TimeSpan.FromSeconds(1));
        if (what == "a reset by mail")
        {
            await thief.ForgetPasswordAsync(taker.Email);
        }
        else
        {
            await thief.PressBehindAsync(ofTaker);
        }

        await thief.ResetAsync(
            await site.NewestMailAsync(taker.Email),
            taker.Email,
            "the words of the taker now"
        );
        await thief.SignInAsync(taker with { Password = "the words of the taker now" });
        site.Clock.Advance(TimeSpan.FromSeconds(1));

        var owner = site.NewBrowser();
        (await owner.PressBehindAsync(ofOwner)).ShouldSay("Everybody is signed out");

        Assert.False(await thief.IsSignedInAsync());
        await owner.ResetAsync(await site.NewestMailAsync(person.Email), person.Email, NewPassword);
        await owner.SignInAsync(person with { Password = NewPassword });
    }

    [Fact]
    public async Task The_taker_s_own_word_said_over_and_over_does_not_use_up_the_owner_s()
    {
        await using var site = await TestSite.StartAsync();
        var (browser, person) = await site.SignedInPersonAsync();
        var taker = Person.New();
        await ChangeAsync(site, browser, person, taker.Email);
        var ofOwner = await site.NewestMailAsync(person.Email);
        var ofTaker = await site.NewestMailAsync(taker.Email);
        for (var i = 0; i < 5; i++)
        {
            site.Clock.Advance(TimeSpan.FromSeconds(1));
            await site.NewBrowser().PressBehindAsync(ofTaker);
        }

        var owner = site.NewBrowser();
        await owner.PressBehindAsync(ofOwner);

        var back = await site.NewestMailAsync(person.Email);
        Assert.Equal("Otp2fa: Get back into your account", back.Subject);
        await owner.ResetAsync(back, person.Email, NewPassword);
        await owner.SignInAsync(person with { Password = NewPassword });
    }

    [Fact]
    public async Task Of_a_link_used_ten_times_at_once_one_use_counts()
    {
        await using var site = await TestSite.StartAsync();
        var (browser, person) = await site.SignedInPersonAsync();
        var address = Person.New().Email;
        await browser.AskForAddressAsync(site, person, address);
        var letter = await site.NewestMailAsync(address);
        var tabs = new List<(Browser Browser, HtmlPage Page)>();
        for (var i = 0; i < 10; i++)
        {
            var tab = site.NewBrowser();
            tabs.Add((tab, await tab.GoAsync(letter.PathAndQuery)));
        }

        var pages = await Task.WhenAll(
            tabs.Select(tab => Task.Run(() => tab.Browser.SubmitAsync(tab.Page, "main form")))
        );

        Assert.Single(pages, page => page.Path == LoginPage.Path);
        Assert.Equal(9, pages.Count(page => page.Errors.Count == 1));
        Assert.Equal(1, await site.InDatabaseAsync(db => db.FormerAddresses.CountAsync()));
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    public async Task The_former_address_has_a_say_for_seven_days(int seconds, bool works)
    {
        await using var site = await TestSite.StartAsync();
        var (browser, person) = await site.SignedInPersonAsync();
        await ChangeAsync(site, browser, person, Person.New().Email);
        var letter = await site.NewestMailAsync(person.Email);

        site.Clock.Advance(TimeSpan.FromDays(7) + TimeSpan.FromSeconds(seconds));
        var page = await site.NewBrowser().PressBehindAsync(letter);

        Assert.Equal(works, page.Errors.Count == 0);
    }

    [Fact]
    public async Task An_address_that_nobody_confirmed_can_be_confirmed_again_from_the_page()
    {
        await using var site = await TestSite.StartAsync();
        var (browser, person) = await site.SignedInPersonAsync();
        await site.InDatabaseAsync(db =>
            db.Users.Where(u => u.Email == person.Email)
                .ExecuteUpdateAsync(set => set.SetProperty(u => u.EmailConfirmed, false))
        );
        var page = await browser.GoAsync(EmailPage);
        var button = page.One<AngleSharp.Html.Dom.IHtmlButtonElement>("button#email-verification");
        var request = Browser.Request(page, "#email-form");
        request.RequestUri = new Uri(page.Address, button.GetAttribute("formaction"));

        await browser.SendAsync(request);

        Assert.Equal(
            "Otp2fa: Confirm your e-mail address",
            (await site.NewestMailAsync(person.Email)).Subject
        );
        await browser.PressBehindAsync(await site.NewestMailAsync(person.Email));
        Assert.True(
            await site.InDatabaseAsync(db =>
                db.Users.AnyAsync(u => u.Email == person.Email && u.EmailConfirmed)
            )
        );
    }

    private static async Task ChangeAsync(
        TestSite site,
        Browser browser,
        Person person,
        string address
    )
    {
        (await browser.AskForAddressAsync(site, person, address)).ShouldBe(EmailPage);
        (await browser.PressBehindAsync(await site.NewestMailAsync(address))).ShouldSay(
            "The e-mail address is changed."
        );
    }
}

using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Otp2fa.Web.Data;
using Otp2fa.Web.Tests.Site;
using Otp2fa.Web.Tests.Site.Pages;
using static Otp2fa.Web.Tests.Site.MailStories;

namespace Otp2fa.Web.Tests.Scenarios;

/// <summary>What the owner of an account is told by mail, and the one button behind it.</summary>
[Trait("Covers", "R19")]
[Trait("Covers", "T21")]
[Trait("Covers", "T29")]
public sealed class NoticeTests
{
    private const string Manage = Account + "/Manage";
    private const string NewPassword = "quite another set of words";

    [Fact]
    public async Task Turning_codes_on_is_told_once_for_the_number_and_once_for_the_rest()
    {
        await using var site = await TestSite.StartAsync();

        var person = await site.PersonWithTwoFactorAsync();

        Assert.Equal(
            ["Your phone number was changed", "Two-factor authentication was turned on"],
            await SubjectsAsync(site, person)
        );
    }

    [Fact]
    public async Task An_app_that_turns_codes_on_is_told_in_one_mail()
    {
        await using var site = await TestSite.StartAsync();

        var (person, _) = await site.PersonWithAppAsync();

        Assert.Equal(
            ["Two-factor authentication was turned on"],
            await SubjectsAsync(site, person)
        );
        Assert.Contains(
            "with an authenticator app",
            (await site.NewestMailAsync(person.Email)).Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_changed_password_is_told_with_time_and_place()
    {
        await using var site = await TestSite.StartAsync();
        var (browser, person) = await site.SignedInPersonAsync();

        await browser.SubmitAsync(
            await browser.GoAsync($"{Manage}/ChangePassword"),
            "#change-password-form",
            ("Input.OldPassword", person.Password),
            ("Input.NewPassword", NewPassword),
            ("Input.ConfirmPassword", NewPassword)
        );

        var letter = await site.NewestMailAsync(person.Email);
        Assert.Equal("Otp2fa: Your password was changed", letter.Subject);
        Assert.Contains(
            site.Clock.GetUtcNow()
                .ToString("d MMMM yyyy' at 'HH:mm' UTC'", CultureInfo.InvariantCulture),
            letter.Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_reset_a_recovery_code_and_a_remembered_browser_are_told()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var browser = site.NewBrowser();
        await browser.RegisterAsync(person);
        await browser.SignInAsync(person);
        var settings = await browser.ProveNumberAsync(site, person);
        var codes = (await settings.TurnOnAndLookAsync()).Codes;
        await browser.SignOutAsync();
        await browser.ResetAsync(
            await site.ResetLetterAsync(browser, person.Email),
            person.Email,
            NewPassword
        );
        person = person with { Password = NewPassword };
        site.Clock.Advance(TimeSpan.FromMinutes(3));
        await (await browser.TypePasswordAsync(person)).SubmitAndRememberAsync(
            site.CodeOnPhone(person)
        );
        var other = site.NewBrowser();
        site.Clock.Advance(TimeSpan.FromMinutes(3));
        await other.TypePasswordAsync(person);
        await other.SubmitAsync(
            await other.GoAsync($"{Account}/LoginWithRecoveryCode"),
            "main form",
            ("Input.RecoveryCode", codes[0])
        );

        Assert.Equal(
            [
                "Your phone number was changed",
                "Two-factor authentication was turned on",
                "Choose a new password",
                "Your password was changed",
                "A browser is remembered",
                "A recovery code was used",
            ],
            await SubjectsAsync(site, person)
        );
    }

    [Fact]
    public async Task Removing_a_factor_and_turning_codes_off_are_told()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var browser = site.NewBrowser();
        await browser.EnrolAsync(site, person);
        await browser.StepUpAsync(await browser.GoAsync(AppSetupPage.Path), person);
        await browser.SetAppUpAsync(site);
        await browser.SubmitAsync(
            await browser.GoAsync($"{Manage}/RemovePhoneNumber"),
            "#remove-phone-number"
        );
        await browser.SubmitAsync(
            await browser.GoAsync($"{Manage}/ResetAuthenticator"),
            "#reset-authenticator-form"
        );

        Assert.Equal(
            [
                "Your phone number was changed",
                "Two-factor authentication was turned on",
                "An authenticator app was set up",
                "Your phone number was removed",
                "Two-factor authentication was turned off",
            ],
            await SubjectsAsync(site, person)
        );
    }

    [Fact]
    public async Task New_recovery_codes_and_an_operator_s_reset_are_told()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var browser = site.NewBrowser();
        await browser.EnrolAsync(site, person);
        site.Clock.Advance(TimeSpan.FromMinutes(2));
        var page = $"{Manage}/GenerateRecoveryCodes";
        await browser.StepUpAsync(
            await browser.SubmitAsync(await browser.GoAsync(page), "#generate-recovery-codes"),
            person
        );
        await browser.SubmitAsync(await browser.GoAsync(page), "#generate-recovery-codes");
        (
            await site.OperateAsync(
                "users",
                "reset-2fa",
                person.Email,
                "--reason",
                "Came to the desk"
            )
        ).ShouldBeDone();

        Assert.Equal(
            ["New recovery codes were made", "Two-factor authentication was taken off"],
            (await SubjectsAsync(site, person)).TakeLast(2)
        );
        Assert.Contains(
            "Came to the desk",
            (await site.NewestMailAsync(person.Email)).Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Three_wrong_codes_after_the_right_password_are_told_and_three_more_again()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        site.Clock.Advance(TimeSpan.FromMinutes(3));
        var before = (await SubjectsAsync(site, person)).Count;
        var code = await site.NewBrowser().TypePasswordAsync(person);

        List<int> told = [];
        for (var i = 0; i < 4; i++)
        {
            await code.SubmitAsync(site.WrongCode(person));
            told.Add((await SubjectsAsync(site, person)).Count - before);
        }

        Assert.Equal([0, 0, 1, 1], told);
        Assert.Equal(
            "Otp2fa: Wrong codes were typed",
            (await site.NewestMailAsync(person.Email)).Subject
        );
        // A right code in between, and they are counted from the start.
        await code.SubmitAsync(site.CodeOnPhone(person));
        site.Clock.Advance(TimeSpan.FromMinutes(3));
        code = await site.NewBrowser().TypePasswordAsync(person);
        await code.SubmitAsync(site.WrongCode(person));
        await code.SubmitAsync(site.WrongCode(person));
        Assert.Equal(before + 1, (await SubjectsAsync(site, person)).Count);
        await code.SubmitAsync(site.WrongCode(person));
        Assert.Equal(before + 2, (await SubjectsAsync(site, person)).Count);
    }

    [Fact]
    public async Task Signing_in_and_wrong_passwords_are_not_told()
    {
        await using var site = await TestSite.StartAsync();
        var (browser, person) = await site.SignedInPersonAsync();
        await browser.SignOutAsync();
        for (var i = 0; i < 6; i++)
        {
            await browser.OpensAsync(person.Email, "a wrong password indeed");
        }

        Assert.Empty(await SubjectsAsync(site, person));
    }

    [Fact]
    public async Task It_was_not_me_ends_all_sessions_and_the_password_and_mails_the_way_back()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        site.Clock.Advance(TimeSpan.FromMinutes(3));
        var (thief, owner) = (site.NewBrowser(), site.NewBrowser());
        await (await thief.TypePasswordAsync(person)).SubmitAndRememberAsync(
            site.CodeOnPhone(person)
        );
        var letter = await site.NewestMailAsync(person.Email);

        var page = await owner.GoAsync(letter.PathAndQuery);
        Assert.True(await thief.IsSignedInAsync(), "Opening the link does nothing.");
        (await owner.SubmitAsync(page, "main form"))
            .ShouldBe($"{Account}/NotMe")
            .ShouldSay("Everybody is signed out");

        Assert.False(await thief.IsSignedInAsync());
        Assert.False(await thief.OpensAsync(person.Email, person.Password));
        var back = await site.NewestMailAsync(person.Email);
        Assert.Equal("Otp2fa: Get back into your account", back.Subject);
        await owner.ResetAsync(back, person.Email, NewPassword);
        site.Clock.Advance(TimeSpan.FromMinutes(3));
        await owner.SignInWithCodeAsync(site, person with { Password = NewPassword });
        (await owner.GoAsync($"{Manage}/SecurityHistory")).ShouldSay(
            "Somebody else's doing was reported"
        );
    }

    [Fact]
    public async Task It_was_not_me_works_although_the_account_was_changed_since()
    {
        await using var site = await TestSite.StartAsync();
        var (browser, person) = await site.SignedInPersonAsync();
        await browser.ProveNumberAsync(site, person);
        var letter = await site.NewestMailAsync(person.Email);
        await browser.SubmitAsync(
            await browser.GoAsync($"{Manage}/ChangePassword"),
            "#change-password-form",
            ("Input.OldPassword", person.Password),
            ("Input.NewPassword", NewPassword),
            ("Input.ConfirmPassword", NewPassword)
        );

        await site.NewBrowser().PressBehindAsync(letter);

        Assert.False(await browser.IsSignedInAsync());
        Assert.False(await browser.OpensAsync(person.Email, NewPassword));
    }

    [Fact]
    public async Task It_was_not_me_in_the_browser_that_is_signed_in_signs_it_out()
    {
        await using var site = await TestSite.StartAsync();
        var (browser, person) = await site.SignedInPersonAsync();
        await browser.ProveNumberAsync(site, person);

        await browser.PressBehindAsync(await site.NewestMailAsync(person.Email));

        Assert.Null(browser.CookieValue("Otp2fa.Session"));
        Assert.False(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task A_second_click_on_it_was_not_me_leaves_the_way_back_alone()
    {
        await using var site = await TestSite.StartAsync();
        var (browser, person) = await site.SignedInPersonAsync();
        await browser.ProveNumberAsync(site, person);
        var letter = await site.NewestMailAsync(person.Email);
        var owner = site.NewBrowser();
        await owner.PressBehindAsync(letter);
        var back = await site.NewestMailAsync(person.Email);

        var again = await Task.WhenAll(
            Enumerable
                .Range(0, 5)
                .Select(_ => Task.Run(() => site.NewBrowser().PressBehindAsync(letter)))
        );

        Assert.All(again, page => page.ShouldSay("Everybody is signed out"));
        Assert.Equal(
            back.Message.MessageId,
            (await site.NewestMailAsync(person.Email)).Message.MessageId
        );
        await owner.ResetAsync(back, person.Email, NewPassword);
        await owner.SignInAsync(person with { Password = NewPassword });
        // The account was opened by a new password: the old notice has nothing to say about that.
        (await site.NewBrowser().PressBehindAsync(letter)).ShouldSay(
            "This link does not work any more."
        );
        Assert.True(await owner.IsSignedInAsync());
    }

    [Fact]
    public async Task Of_ten_clicks_at_once_one_ends_everything_and_one_way_back_is_mailed()
    {
        await using var site = await TestSite.StartAsync();
        var (browser, person) = await site.SignedInPersonAsync();
        await browser.ProveNumberAsync(site, person);
        var letter = await site.NewestMailAsync(person.Email);

        var pages = await Task.WhenAll(
            Enumerable
                .Range(0, 10)
                .Select(_ => Task.Run(() => site.NewBrowser().PressBehindAsync(letter)))
        );

        Assert.All(pages, page => page.ShouldSay("Everybody is signed out"));
        Assert.Single(
            await SubjectsAsync(site, person),
            subject => subject == "Get back into your account"
        );
    }

    [Fact]
    public async Task Without_mail_it_was_not_me_ends_sessions_and_leaves_the_password()
    {
        await using var site = await TestSite.StartAsync();
        var (browser, person) = await site.SignedInPersonAsync();
        await browser.ProveNumberAsync(site, person);
        var letter = await site.NewestMailAsync(person.Email);
        site.SwitchMailOff();

        (await site.NewBrowser().PressBehindAsync(letter)).ShouldSay("This site sends no mail");

        Assert.False(await browser.IsSignedInAsync());
        await browser.SignInAsync(person);
    }

    [Fact]
    public async Task Codes_mistyped_to_prove_a_number_are_no_attack()
    {
        await using var site = await TestSite.StartAsync();
        var (browser, person) = await site.SignedInPersonAsync();
        var page = await browser.StartNumberAsync(person.Number);
        for (var i = 0; i < 4; i++)
        {
            page = await browser.SubmitAsync(
                page,
                "#verify-phone-number",
                ("Input.Code", site.WrongCode(person))
            );
        }

        Assert.Empty(await SubjectsAsync(site, person));
        (await browser.GoAsync($"{Manage}/SecurityHistory")).ShouldSay(
            "A wrong code was typed to prove a number"
        );
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    public async Task The_link_of_a_notice_works_for_seven_days(int seconds, bool works)
    {
        await using var site = await TestSite.StartAsync();
        var (browser, person) = await site.SignedInPersonAsync();
        await browser.ProveNumberAsync(site, person);
        var letter = await site.NewestMailAsync(person.Email);

        site.Clock.Advance(TimeSpan.FromDays(7) + TimeSpan.FromSeconds(seconds));
        var page = await site.NewBrowser().PressBehindAsync(letter);

        Assert.Equal(works, page.Errors.Count == 0);
        Assert.Equal(works, !await site.NewBrowser().OpensAsync(person.Email, person.Password));
    }

    [Theory]
    [InlineData("")]
    [InlineData("?code=AAAA")]
    [InlineData("?code=%00")]
    public async Task What_is_no_link_of_a_notice_says_so(string query)
    {
        await using var site = await TestSite.StartAsync();
        var browser = site.NewBrowser();

        (await browser.SubmitAsync(await browser.GoAsync($"{Account}/NotMe{query}"), "main form"))
            .ShouldBe($"{Account}/NotMe")
            .ShouldSay("This link does not work any more.");
    }

    [Fact]
    public async Task A_notice_about_an_account_that_is_gone_is_not_sent()
    {
        await using var site = await TestSite.StartAsync();
        var (browser, person) = await site.SignedInPersonAsync();
        await browser.ProveNumberAsync(site, person);
        await browser.ForgetPasswordAsync(person.Email);
        var form = await browser.GoAsync($"{Manage}/DeletePersonalData");

        await browser.SubmitAsync(form, "#delete-user", ("Input.Password", person.Password));

        Assert.Equal((0, 0), await site.CountOutboxAsync());
    }

    [Fact]
    public async Task What_waits_to_be_mailed_is_in_the_file_of_personal_data()
    {
        await using var site = await TestSite.StartAsync();
        var (browser, person) = await site.SignedInPersonAsync();
        await browser.ProveNumberAsync(site, person);

        var answer = await browser.PostAsync(
            await browser.GoAsync($"{Manage}/PersonalData"),
            "#download-data"
        );

        Assert.Contains(
            "\"MailsToSend\"",
            await answer.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "\"Notice\"",
            await answer.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task An_event_and_its_mail_are_written_together_or_not_at_all()
    {
        await using var site = await TestSite.StartAsync();
        var (browser, person) = await site.SignedInPersonAsync();
        await site.InDatabaseAsync(db =>
            db.Database.ExecuteSqlRawAsync(
                "CREATE TRIGGER NoMail BEFORE INSERT ON OutboxMails BEGIN SELECT RAISE(ABORT, 'full'); END"
            )
        );

        await browser.PostAsync(
            await browser.GoAsync($"{Manage}/ChangePassword"),
            "#change-password-form",
            ("Input.OldPassword", person.Password),
            ("Input.NewPassword", NewPassword),
            ("Input.ConfirmPassword", NewPassword)
        );

        Assert.True(await site.NewBrowser().OpensAsync(person.Email, person.Password));
        Assert.False(
            await site.InDatabaseAsync(db =>
                db.SecurityEvents.AnyAsync(e => e.Kind == SecurityEventKind.PasswordChanged)
            )
        );
    }

    private static async Task<IReadOnlyList<string>> SubjectsAsync(TestSite site, Person person) =>
        [
            .. (await site.ReadMailsAsync())
                .Where(mail => mail.To == person.Email)
                .Select(mail => mail.Subject["Otp2fa: ".Length..])
                .Where(subject => subject != "Confirm your e-mail address"),
        ];
}

using System.Net;
using Microsoft.EntityFrameworkCore;
using Otp2fa.Web.Accounts.Sessions;
using Otp2fa.Web.Data;
using Otp2fa.Web.Tests.Site;
using Otp2fa.Web.Tests.Site.Pages;

namespace Otp2fa.Web.Tests.Scenarios;

/// <summary>What a person can read about their own account, and nobody else's.</summary>
public sealed class SecurityHistoryTests
{
    private const string History = "/Identity/Account/Manage/SecurityHistory";

    [Fact]
    public async Task Given_a_life_with_the_account_every_step_of_it_is_an_entry_the_newest_first()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var browser = site.NewBrowser();
        await browser.EnrolAsync(site, person);
        await browser.StepUpAsync(
            await browser.GoAsync("/Identity/Account/Manage/EnableAuthenticator"),
            person
        );
        var app = await browser.SetAppUpAsync(site);
        await browser.SubmitAsync(
            await browser.GoAsync("/Identity/Account/Manage/GenerateRecoveryCodes"),
            "main #generate-recovery-codes"
        );
        await browser.SignOutAsync();
        site.Clock.Advance(TimeSpan.FromMinutes(10));
        await (await LoginPage.OpenAsync(browser)).SubmitAsync(person.Email, "wrong");
        var page = await browser.TypePasswordForAppAsync(person);
        page = new AppCodePage(
            browser,
            await page.SubmitAsync(app.WrongCodeAt(site.Clock.GetUtcNow()))
        );
        await page.SubmitAsync(app.CodeAt(site.Clock.GetUtcNow()), remember: true);

        var entries = Entries(await browser.GoAsync(History));

        var ending = person.Number[^2..];
        Assert.Equal(
            [
                "Signed in with the password and a code of the authenticator app",
                "A browser was remembered",
                "A wrong code of the authenticator app was typed",
                "The password was typed; a second step was asked for",
                "A wrong password was typed",
                "New recovery codes were made",
                "An authenticator app was set up",
                "A change was confirmed with the password",
                "New recovery codes were made",
                "Two-factor authentication was turned on",
                $"The number ending {ending} became your number for codes",
                $"A code was sent to the number ending {ending}",
                "Signed in with the password",
            ],
            entries
        );
    }

    [Fact]
    public async Task Given_removals_and_sessions_ended_they_are_entries_too()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var browser = site.NewBrowser();
        await browser.EnrolAsync(site, person);
        await browser.StepUpAsync(
            await browser.GoAsync("/Identity/Account/Manage/EnableAuthenticator"),
            person
        );
        await browser.SetAppUpAsync(site);
        await browser.SubmitAsync(
            await browser.GoAsync("/Identity/Account/Manage/ResetAuthenticator"),
            "#reset-authenticator-form"
        );
        site.Clock.Advance(TimeSpan.FromMinutes(3));
        await site.NewBrowser().SignInWithCodeAsync(site, person);
        await browser.SubmitAsync(
            await browser.GoAsync("/Identity/Account/Manage/Sessions"),
            "#end-others"
        );
        await browser.SubmitAsync(
            await browser.GoAsync("/Identity/Account/Manage/RemovePhoneNumber"),
            "#remove-phone-number"
        );

        Assert.Equal(
            [
                "Two-factor authentication was turned off",
                "The phone number was removed",
                "Other browsers were signed out",
                "Signed in with the password and a code by text message",
                "The password was typed; a second step was asked for",
                $"A code was sent to the number ending {person.Number[^2..]}",
                "The authenticator app was removed",
            ],
            Entries(await browser.GoAsync(History)).Take(7)
        );
    }

    [Fact]
    public async Task Given_somebody_with_the_password_alone_a_lock_and_a_recovery_code_the_owner_reads_of_it()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var browser = site.NewBrowser();
        await browser.RegisterAsync(person);
        await browser.SignInAsync(person);
        var codes = await (await browser.ProveNumberAsync(site, person)).TurnOnAndLookAsync();
        site.Clock.Advance(TimeSpan.FromMinutes(5));
        var other = site.NewBrowser();
        await other.TypePasswordAsync(person);
        await other.SubmitAsync(
            await other.GoAsync("/Identity/Account/LoginWithRecoveryCode"),
            "form",
            ("Input.RecoveryCode", codes.Codes[0])
        );
        var stranger = site.NewBrowser();
        for (var i = 0; i < 5; i++)
        {
            await (await LoginPage.OpenAsync(stranger)).SubmitAsync(person.Email, "wrong");
        }

        var entries = Entries(await browser.GoAsync(History));

        Assert.Equal(
            [
                "After wrong passwords the next ones were not checked for a while",
                "A wrong password was typed",
            ],
            entries.Take(2)
        );
        Assert.Equal(
            [
                "Signed in with the password and a recovery code",
                "A recovery code was used up",
                "The password was typed; a second step was asked for",
            ],
            entries.Skip(6).Take(3)
        );
    }

    [Fact]
    public async Task Given_thirty_wrong_passwords_at_once_none_is_lost_and_the_lock_is_written_down_once()
    {
        await using var site = await TestSite.StartAsync(("Limits:WrongPasswords", "30"));
        var person = Person.New();
        await site.NewBrowser().RegisterAsync(person);
        var page = await LoginPage.OpenAsync(site.NewBrowser());

        await Task.WhenAll(
            Enumerable
                .Range(0, 29)
                .Select(_ => Task.Run(() => page.PostAsync(person.Email, "wrong")))
        );
        Assert.Equal(29, await site.PasswordFailuresAsync());
        await Task.WhenAll(
            Enumerable
                .Range(0, 5)
                .Select(_ => Task.Run(() => page.PostAsync(person.Email, "wrong")))
        );

        Assert.Equal(30, await CountAsync(SecurityEventKind.WrongPassword));
        Assert.Equal(1, await CountAsync(SecurityEventKind.AccountLocked));
        site.ShouldHaveLoggedNoError();

        Task<int> CountAsync(SecurityEventKind kind) =>
            site.InDatabaseAsync(db => db.SecurityEvents.CountAsync(e => e.Kind == kind));
    }

    [Fact]
    public async Task Given_many_entries_they_come_in_pages_of_twenty()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var browser = site.NewBrowser();
        await browser.RegisterAsync(person);
        for (var i = 0; i < 45; i++)
        {
            await browser.SignInAsync(person);
        }

        var page = await browser.GoAsync(History);
        var counts = new List<int> { Entries(page).Count };
        while (page.Document.QuerySelector("#older") is { } older)
        {
            page = await browser.GoAsync(older.GetAttribute("href")!);
            counts.Add(Entries(page).Count);
        }

        Assert.Equal([20, 20, 5], counts);
        (
            await browser.GoAsync(page.Document.QuerySelector("#newest")!.GetAttribute("href")!)
        ).ShouldBe(History);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("-1")]
    [InlineData("99999999999999999999999")]
    public async Task Given_a_place_that_is_none_the_page_answers_all_the_same(string before)
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var browser = site.NewBrowser();
        await browser.RegisterAsync(person);
        await browser.SignInAsync(person);

        Assert.Equal(
            HttpStatusCode.OK,
            (await browser.GoAsync($"{History}?before={before}")).Status
        );
    }

    [Fact]
    public async Task Given_two_people_each_reads_their_own()
    {
        await using var site = await TestSite.StartAsync();
        await site.PersonWithTwoFactorAsync();
        var person = Person.New();
        var browser = site.NewBrowser();
        await browser.RegisterAsync(person);
        await browser.SignInAsync(person);

        var entries = Entries(await browser.GoAsync($"{History}?before=1000"));

        Assert.Equal(["Signed in with the password"], entries);
        Assert.True(await CountAsync(site) > 1);
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    public async Task Given_ninety_days_an_entry_is_removed(int secondsFromEnd, bool isThere)
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var browser = site.NewBrowser();
        await browser.RegisterAsync(person);
        await browser.SignInAsync(person);
        site.Clock.Advance(TimeSpan.FromDays(90) + TimeSpan.FromSeconds(secondsFromEnd));

        await site.PurgeAsync();

        Assert.Equal(isThere ? 1 : 0, await CountAsync(site));
    }

    [Fact]
    public async Task Given_what_happened_is_undone_its_entry_is_not_there_either()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var browser = site.NewBrowser();
        await browser.RegisterAsync(person);
        await browser.SignInAsync(person);
        var before = await CountAsync(site);
        // The history cannot be written, so the sign-in must not stand either.
        await site.InDatabaseAsync(db =>
            db.Database.ExecuteSqlRawAsync(
                "CREATE TRIGGER no_history BEFORE INSERT ON SecurityEvents BEGIN SELECT RAISE(ABORT, 'full'); END"
            )
        );
        var other = site.NewBrowser();

        var page = await (await LoginPage.OpenAsync(other)).SubmitAsync(
            person.Email,
            person.Password
        );

        Assert.Equal(HttpStatusCode.InternalServerError, page.Status);
        Assert.False(await other.IsSignedInAsync());
        Assert.Equal(1, await site.CountSessionsAsync());
        Assert.Equal(before, await CountAsync(site));
    }

    [Theory]
    [InlineData("203.0.113.77", "203.0.113.0/24")]
    [InlineData("::ffff:203.0.113.77", "203.0.113.0/24")]
    [InlineData("2001:db8:1234:5678:9abc::1", "2001:db8:1234::/48")]
    [InlineData("127.0.0.1", "127.0.0.0/24")]
    public void An_address_is_kept_as_its_network(string address, string network)
    {
        Assert.Equal(network, RequestOrigin.NetworkOf(IPAddress.Parse(address)));
    }

    /// <summary>A sentence for every kind, so that none is a number or a fault on the page.</summary>
    [Fact]
    public async Task Given_any_kind_of_entry_the_page_has_a_sentence_for_it()
    {
        await using var site = await TestSite.StartAsync(
            ("Accounts:HistoryLifetime", "730.00:00:00")
        );
        var person = Person.New();
        var browser = site.NewBrowser();
        await browser.RegisterAsync(person);
        await browser.SignInAsync(person);
        var kinds = Enum.GetValues<SecurityEventKind>();
        var factors = Enum.GetValues<Factor>().Select(f => (Factor?)f).Append(null).ToList();
        await site.InDatabaseAsync(async db =>
        {
            var user = await db.Users.SingleAsync();
            db.SecurityEvents.AddRange(
                kinds.SelectMany(kind =>
                    factors.Select(factor => new SecurityEvent
                    {
                        UserId = user.Id,
                        AtUtc = site.Clock.GetUtcNow(),
                        Kind = kind,
                        Factor = factor,
                        Detail = "a detail",
                    })
                )
            );
            return await db.SaveChangesAsync();
        });

        var sentences = new List<string>();
        var page = await browser.GoAsync(History);
        sentences.AddRange(Entries(page));
        while (page.Document.QuerySelector("#older") is { } older)
        {
            page = await browser.GoAsync(older.GetAttribute("href")!);
            sentences.AddRange(Entries(page));
        }

        Assert.Equal((kinds.Length * factors.Count) + 1, sentences.Count);
        // Each factor of a sign-in, a wrong code and a step-up has its own; of the other kinds there is one each.
        Assert.Equal(
            (kinds.Length - 3) + 5 + 3 + 5,
            sentences.Distinct(StringComparer.Ordinal).Count()
        );
    }

    private static List<string> Entries(HtmlPage page) =>
        [
            .. page.ShouldBe(History)
                .Document.QuerySelectorAll(".entry strong")
                .Select(entry => entry.TextContent),
        ];

    private static Task<int> CountAsync(TestSite site) =>
        site.InDatabaseAsync(db => db.SecurityEvents.CountAsync());
}

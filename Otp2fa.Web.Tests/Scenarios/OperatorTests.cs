using System.Net;
using System.Net.Sockets;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Otp2fa.Web.Composition;
using Otp2fa.Web.Data;
using Otp2fa.Web.Tests.Site;
using Otp2fa.Web.Tests.Site.Pages;
using Otp2fa.Web.Tests.Support;

namespace Otp2fa.Web.Tests.Scenarios;

/// <summary>The operator's commands on one account, and what its owner sees of them.</summary>
[Trait("Covers", "R15")]
public sealed class OperatorTests
{
    private const string Reason = "Lost the phone, came to the desk with a passport";
    private const string History = "/Identity/Account/Manage/SecurityHistory";
    private const string Remembered = "/Identity/Account/Manage/RememberedBrowsers";
    private const string Recovery = "/Identity/Account/LoginWithRecoveryCode";

    private static readonly string[] Verbs = ["show", "reset-2fa", "unlock", "end-sessions"];

    public static TheoryData<string> EveryVerb => [.. Verbs];

    [Fact]
    public async Task Given_a_reset_every_session_is_over_and_the_password_alone_signs_in()
    {
        await using var site = await TestSite.StartAsync();
        var owner = await WithEverythingAsync(site);

        (await ResetAsync(site, owner.Person)).ShouldBeDone();

        Assert.False(await owner.Browser.IsSignedInAsync());
        Assert.False(await owner.RememberedBrowser.IsSignedInAsync());
        var browser = site.NewBrowser();
        await browser.SignInAsync(owner.Person);
        Assert.False((await TwoFactorPage.OpenAsync(browser)).IsOn);
    }

    [Fact]
    public async Task Given_a_reset_remembered_browsers_are_forgotten_also_once_two_factor_is_on_again()
    {
        await using var site = await TestSite.StartAsync();
        var owner = await WithEverythingAsync(site);

        await ResetAsync(site, owner.Person);

        var browser = site.NewBrowser();
        await browser.SignInAsync(owner.Person);
        (await browser.GoAsync(Remembered)).ShouldSay("No browser is remembered");
        await TurnOnAgainAsync(site, browser, owner.Person);
        await owner.RememberedBrowser.TypePasswordAsync(owner.Person);
        Assert.False(await owner.RememberedBrowser.IsSignedInAsync());
    }

    [Fact]
    public async Task Given_a_reset_a_sign_in_under_way_and_every_factor_of_before_open_nothing()
    {
        await using var site = await TestSite.StartAsync();
        var owner = await WithEverythingAsync(site);
        var (begun, other) = (site.NewBrowser(), site.NewBrowser());
        var step = await begun.TypePasswordForAppAsync(owner.Person);
        await other.TypePasswordForAppAsync(owner.Person);
        var recovery = await other.GoAsync(Recovery);

        await ResetAsync(site, owner.Person);

        await step.SubmitAsync(owner.App.CodeAt(site.Clock.GetUtcNow()));
        Assert.False(await begun.IsSignedInAsync());
        await other.SubmitAsync(recovery, "form", ("Input.RecoveryCode", owner.RecoveryCodes[0]));
        Assert.False(await other.IsSignedInAsync());

        var browser = site.NewBrowser();
        await browser.SignInAsync(owner.Person);
        var moved = owner.Person with { Number = Person.New().Number };
        await TurnOnAgainAsync(site, browser, moved);
        var later = site.NewBrowser();
        await later.TypePasswordAsync(moved);
        Assert.False((await later.GoAsync(AppCodePage.Path)).Has("#Input_TwoFactorCode"));
        var page = await later.GoAsync(Recovery);
        (
            await later.SubmitAsync(page, "form", ("Input.RecoveryCode", owner.RecoveryCodes[0]))
        ).ShouldSay("That is not one of your recovery codes");
        Assert.False(await later.IsSignedInAsync());
    }

    [Fact]
    public async Task Given_a_reset_the_owner_reads_why_until_two_factor_is_on_again_and_in_the_history()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();

        await site.OperateAsync("users", "reset-2fa", person.Email, "--reason", $" {Reason} ");

        site.Clock.Advance(TimeSpan.FromHours(2));
        var browser = site.NewBrowser();
        await browser.SignInAsync(person);
        var settings = await TwoFactorPage.OpenAsync(browser);
        Assert.Contains(
            $"by our support 2 hours ago: {Reason}.",
            Words(settings.Page.One<IHtmlParagraphElement>("#operator-notice").TextContent),
            StringComparison.Ordinal
        );
        (await browser.GoAsync(History)).ShouldSay(
            $"Our support took two-factor authentication off your account: {Reason}"
        );
        await TurnOnAgainAsync(site, browser, person);
        Assert.False((await TwoFactorPage.OpenAsync(browser)).Page.Has("#operator-notice"));
    }

    [Fact]
    public async Task Given_a_reset_the_answer_says_what_was_taken_away_and_what_comes_next()
    {
        await using var site = await TestSite.StartAsync();
        var owner = await WithEverythingAsync(site);
        await site.LockAsync(owner.Person, TimeSpan.FromMinutes(15));

        var answer = await ResetAsync(site, owner.Person);

        Assert.Equal("", answer.Error);
        Assert.Contains(
            $"Taken away: number ending {owner.Person.Number[^2..]}, authenticator app, 10 recovery codes.",
            answer.Lines
        );
        Assert.Contains("Forgotten: 1 remembered browser. Signed out: 2 browsers.", answer.Lines);
        Assert.Contains(
            "signs in with the password alone",
            answer.Output,
            StringComparison.Ordinal
        );
        Assert.Contains("users unlock ends that", answer.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_reset_after_many_wrong_codes_a_number_can_be_added_at_once()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        site.Clock.Advance(TimeSpan.FromMinutes(10));
        var thief = site.NewBrowser();
        for (var i = 0; i < 2; i++)
        {
            var page = await thief.TypePasswordAsync(person);
            for (var guess = 0; guess < 5; guess++)
            {
                await page.SubmitAsync(site.WrongCode(person));
            }

            site.Clock.Advance(TimeSpan.FromMinutes(10));
        }

        await ResetAsync(site, person);

        var owner = site.NewBrowser();
        await owner.SignInAsync(person);
        await (await owner.ProveNumberAsync(site, person)).TurnOnAsync();
        Assert.True((await TwoFactorPage.OpenAsync(owner)).IsOn);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(100, 1)]
    public async Task Given_a_reset_while_the_account_changes_it_is_tried_again_a_few_times(
        int lost,
        int exitCode
    )
    {
        var races = new LostUpdates("UPDATE \"AspNetUsers\"", "\"SecurityStamp\"");
        await using var site = await TestSite.StartAsync(
            "Development",
            services =>
                services.ConfigureDbContext<SqliteOtp2faDbContext>(options =>
                    options.AddInterceptors(races)
                )
        );
        var person = await site.PersonWithTwoFactorAsync();
        races.Expect(lost);

        var answer = await ResetAsync(site, person);

        races.Expect(0);
        Assert.Equal(exitCode, answer.ExitCode);
        if (exitCode == 0)
        {
            await site.NewBrowser().SignInAsync(person);
        }
        else
        {
            Assert.StartsWith(
                "The account was changed elsewhere",
                answer.Error,
                StringComparison.Ordinal
            );
            await site.NewBrowser().TypePasswordAsync(person);
            Assert.Equal(0, await CountAsync(site, SecurityEventKind.OperatorReset));
        }
    }

    [Theory]
    [InlineData]
    [InlineData("--reason")]
    [InlineData("--reason", "")]
    [InlineData("--reason", "  ")]
    [InlineData("--reason", "two\nlines")]
    [InlineData("--reason", "{201}")]
    public async Task Given_no_reason_that_can_be_read_nothing_is_done(params string[] option)
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var browser = site.NewBrowser();
        await browser.EnrolAsync(site, person);
        string[] args =
        [
            "users",
            "reset-2fa",
            person.Email,
            .. option.Select(text => text == "{201}" ? new string('x', 201) : text),
        ];

        var answer = await site.OperateAsync(args);

        Assert.Equal((2, ""), (answer.ExitCode, answer.Output));
        Assert.Contains("--reason", answer.Error, StringComparison.Ordinal);
        Assert.True((await TwoFactorPage.OpenAsync(browser)).IsOn);
        Assert.Equal(0, await CountAsync(site, SecurityEventKind.OperatorReset));
    }

    [Theory]
    [InlineData("@the desk")]
    [InlineData("-- asked twice")]
    [InlineData("{200}")]
    public async Task Given_a_reason_that_looks_like_syntax_it_is_taken_as_it_stands(string reason)
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        var text = reason == "{200}" ? new string('x', 200) : reason;

        (
            await site.OperateAsync("users", "reset-2fa", person.Email, "--reason", text)
        ).ShouldBeDone();

        Assert.Equal(
            text,
            await site.InDatabaseAsync(db =>
                db.SecurityEvents.Where(e => e.Kind == SecurityEventKind.OperatorReset)
                    .Select(e => e.Detail)
                    .SingleAsync()
            )
        );
    }

    [Fact]
    public async Task Given_a_locked_person_unlock_lets_them_in_and_the_history_says_so()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        await site.NewBrowser().RegisterAsync(person);
        for (var i = 0; i < 5; i++)
        {
            await (await LoginPage.OpenAsync(site.NewBrowser())).SubmitAsync(
                person.Email,
                "a wrong password"
            );
        }

        var browser = site.NewBrowser();
        (await (await LoginPage.OpenAsync(browser)).SubmitAsync(person.Email, person.Password))
            .ShouldBe(LoginPage.Path)
            .ShouldSay("Invalid login attempt.");

        var answer = await site.OperateAsync("users", "unlock", person.Email);

        answer.ShouldBeDone();
        Assert.Contains("is not locked any more", answer.Output, StringComparison.Ordinal);
        Assert.Equal(0, await site.PasswordFailuresAsync());
        await browser.SignInAsync(person);
        (await browser.GoAsync(History)).ShouldSay("Our support unlocked your account");
    }

    [Fact]
    public async Task Given_wrong_passwords_short_of_a_lockout_unlock_counts_from_0_again()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        await site.NewBrowser().RegisterAsync(person);
        await (await LoginPage.OpenAsync(site.NewBrowser())).SubmitAsync(person.Email, "wrong");
        Assert.Equal(1, await site.PasswordFailuresAsync());

        (await site.OperateAsync("users", "unlock", person.Email)).ShouldBeDone();

        Assert.Equal(0, await site.PasswordFailuresAsync());
        Assert.Equal(1, await CountAsync(site, SecurityEventKind.OperatorUnlocked));
    }

    [Fact]
    public async Task Given_an_account_that_is_not_locked_unlock_changes_and_records_nothing()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        await site.NewBrowser().RegisterAsync(person);
        // A lockout whose time is over by itself is none.
        await site.LockAsync(person, TimeSpan.Zero);

        var answer = await site.OperateAsync("users", "unlock", person.Email);

        answer.ShouldBeDone();
        Assert.Contains("Nothing was changed.", answer.Output, StringComparison.Ordinal);
        Assert.Equal(0, await CountAsync(site, SecurityEventKind.OperatorUnlocked));
    }

    [Fact]
    public async Task Given_codes_switched_off_unlock_says_that_they_stay_off()
    {
        await using var site = await TestSite.StartAsync(("Limits:WrongCodesInARow", "5"));
        var person = await site.PersonWithTwoFactorAsync();
        await site.InDatabaseAsync(db =>
            db.Users.ExecuteUpdateAsync(set => set.SetProperty(u => u.WrongCodesInARow, 5))
        );
        await site.LockAsync(person, TimeSpan.FromMinutes(15));

        var answer = await site.OperateAsync("users", "unlock", person.Email);

        Assert.Contains("stay switched off", answer.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_end_sessions_everybody_is_signed_out_and_remembered_browsers_stay()
    {
        await using var site = await TestSite.StartAsync();
        var owner = await WithEverythingAsync(site);
        var other = site.NewBrowser(site.StartHost());
        await other.RegisterAsync(Person.New());

        var answer = await site.OperateAsync("users", "end-sessions", owner.Person.Email);

        answer.ShouldBeDone();
        Assert.StartsWith("Signed out: 2 browsers", answer.Output, StringComparison.Ordinal);
        Assert.Contains("Still remembered: 1 browser;", answer.Output, StringComparison.Ordinal);
        Assert.Contains("users reset-2fa", answer.Output, StringComparison.Ordinal);
        Assert.False(await owner.Browser.IsSignedInAsync());
        Assert.False(await owner.RememberedBrowser.IsSignedInAsync());
        await owner.RememberedBrowser.SignInAsync(owner.Person);
        (await owner.RememberedBrowser.GoAsync(History)).ShouldSay(
            "Our support signed all browsers out"
        );
    }

    [Fact]
    public async Task Given_end_sessions_for_one_person_others_stay_signed_in()
    {
        await using var site = await TestSite.StartAsync();
        var (person, other) = (Person.New(), Person.New());
        var theirs = site.NewBrowser();
        await site.NewBrowser().RegisterAsync(person);
        await theirs.RegisterAsync(other);
        await theirs.SignInAsync(other);

        var answer = await site.OperateAsync("users", "end-sessions", person.Email);

        Assert.StartsWith("Signed out: 0 browsers", answer.Output, StringComparison.Ordinal);
        Assert.True(await theirs.IsSignedInAsync());
    }

    [Fact]
    public async Task Given_an_account_show_tells_its_state_and_the_ten_newest_entries()
    {
        await using var site = await TestSite.StartAsync();
        var owner = await WithEverythingAsync(site);
        await (await LoginPage.OpenAsync(site.NewBrowser())).SubmitAsync(
            owner.Person.Email,
            "wrong"
        );
        await site.LockAsync(owner.Person, TimeSpan.FromMinutes(15));
        var until = site.Clock.GetUtcNow() + TimeSpan.FromMinutes(15);

        // Found as the site finds it: in any capitals.
        var answer = await site.OperateAsync(
            "users",
            "show",
            owner.Person.Email.ToUpperInvariant()
        );

        answer.ShouldBeDone();
        var id = await site.InDatabaseAsync(db => db.Users.Select(u => u.Id).SingleAsync());
        Assert.Equal(
            [
                $"Account: {owner.Person.Email}",
                $"Id: {id}",
                "E-mail address: confirmed",
                "Two-factor authentication: on",
                $"Phone number: ending {owner.Person.Number[^2..]}",
                "Authenticator app: yes",
                "Recovery codes left: 10",
                $"Locked until: {until:u}",
                "Wrong passwords in a row: 1",
                "Wrong codes by text message in a row: 0",
                "Wrong codes of the app in a row: 0",
                "Signed-in browsers: 2",
                "Remembered browsers: 1",
                "Security history, the newest first:",
            ],
            answer.Lines.Take(14)
        );
        var entries = answer.Lines.Skip(14).Where(line => line.Length > 0).ToList();
        Assert.Equal(10, entries.Count);
        Assert.StartsWith(
            $"{site.Clock.GetUtcNow():u} WrongPassword, Password",
            entries[0],
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Given_a_bare_account_show_says_what_there_is_not()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        await site.NewBrowser().RegisterAsync(person);
        await site.ImportNumberAsync(person, person.Number);

        var lines = (await site.OperateAsync("users", "show", person.Email)).Lines;

        Assert.Contains("Two-factor authentication: off", lines);
        Assert.Contains($"Phone number: ending {person.Number[^2..]}, not proved", lines);
        Assert.Contains("Authenticator app: no", lines);
        Assert.Contains("Recovery codes left: 0", lines);
        Assert.Contains("Locked until: not locked", lines);
    }

    [Fact]
    public async Task Given_any_command_neither_answer_nor_log_holds_a_number_a_key_a_code_or_a_hash()
    {
        await using var site = await TestSite.StartAsync(
            ("Serilog:MinimumLevel:Default", "Verbose"),
            ("Serilog:MinimumLevel:Override:Microsoft.EntityFrameworkCore", "Verbose")
        );
        var owner = await WithEverythingAsync(site);
        var (hash, stamp) = await site.InDatabaseAsync(async db =>
        {
            var user = await db.Users.SingleAsync();
            return (user.PasswordHash!, user.SecurityStamp!);
        });
        string[] secrets =
        [
            owner.Person.Digits,
            owner.Person.Digits[2..],
            owner.Key.Replace(" ", "", StringComparison.Ordinal),
            owner.Key,
            .. owner.RecoveryCodes,
            hash,
            stamp,
        ];
        var before = site.Logs.Lines.Count;

        var text = new StringWriter();
        foreach (var verb in new[] { "show", "unlock", "end-sessions", "reset-2fa", "show" })
        {
            var answer = await RunAsync(site, verb, owner.Person.Email);
            await text.WriteLineAsync($"{answer.ShouldBeDone().Output}\n{answer.Error}");
        }

        var log = string.Join('\n', site.Logs.Lines.Skip(before));
        Assert.Contains("All second factors were taken away", log, StringComparison.Ordinal);
        Assert.Contains("An operator ended all sessions", log, StringComparison.Ordinal);
        Assert.All(
            secrets,
            secret =>
            {
                Assert.DoesNotContain(secret, $"{text}", StringComparison.OrdinalIgnoreCase);
                Assert.DoesNotContain(secret, log, StringComparison.OrdinalIgnoreCase);
            }
        );
    }

    [Theory]
    [MemberData(nameof(EveryVerb))]
    public async Task Given_an_unknown_address_a_sentence_goes_to_standard_error(string verb)
    {
        await using var site = await TestSite.StartAsync();

        var answer = await RunAsync(site, verb, "nobody@example.com");

        Assert.Equal(
            (1, "", "There is no account with this e-mail address."),
            (answer.ExitCode, answer.Output, answer.Error.Trim())
        );
    }

    [Theory]
    [InlineData("users")]
    [InlineData("users", "show")]
    [InlineData("users", "shw", "a@example.com")]
    [InlineData("users", "show", "a@example.com", "b@example.com")]
    [InlineData("users", "show", "a@example.com", "--urls", "http://localhost:5080")]
    [InlineData("users", "unlock", "a@example.com", "--reason", "none is asked for")]
    public async Task Given_a_wrong_command_line_the_exit_code_is_2_and_help_goes_to_standard_error(
        params string[] args
    )
    {
        var answer = await WithoutSiteAsync(args);

        Assert.Equal((2, ""), (answer.ExitCode, answer.Output));
        Assert.Contains("Usage:", answer.Error, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(EveryVerb))]
    public async Task Given_help_it_is_told_without_a_site_or_a_database(string verb)
    {
        var answer = await WithoutSiteAsync("users", verb, "--help");

        Assert.Equal((0, ""), (answer.ExitCode, answer.Error));
        Assert.Contains($"users {verb} <EMAIL>", answer.Output, StringComparison.Ordinal);
        Assert.Contains(
            verb,
            (await WithoutSiteAsync("users", "--help")).Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Given_Production_without_any_setting_of_Infobip_an_account_can_be_helped()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        await site.LockAsync(person, TimeSpan.FromMinutes(15));
        (string, string?)[] settings =
        [
            ("environment", "Production"),
            ("Infobip:BaseUrl", null),
            ("Infobip:ApiKey", null),
            ("Infobip:ApplicationId", null),
            ("Infobip:MessageId", null),
            ("Accounts:PasswordIterations", null),
            ("Security:HashKey", Convert.ToBase64String(new byte[32])),
            ("Security:UnencryptedKeyRing", "true"),
            ("Database:Provider", "Sqlite"),
            // The owner is told of a reset.
            ("Mail:Smtp:Host", "mail.example.com"),
            ("Mail:SenderAddress", "no-reply@example.com"),
        ];

        foreach (var verb in new[] { "show", "unlock", "end-sessions", "reset-2fa" })
        {
            (
                await site.OperateAsync(settings, ["users", verb, person.Email, .. Options(verb)])
            ).ShouldBeDone();
        }

        await site.NewBrowser().SignInAsync(person);
    }

    [Fact]
    public async Task Given_a_database_that_cannot_be_used_a_sentence_says_so()
    {
        await using var site = await TestSite.StartAsync();

        var answer = await site.OperateAsync(
            [("ConnectionStrings:Otp2fa", "Data Source=/no/such/folder/site.db")],
            "users",
            "show",
            "a@example.com"
        );

        Assert.Equal((1, ""), (answer.ExitCode, answer.Output));
        Assert.StartsWith("ConnectionStrings:Otp2fa: ", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_running_site_in_a_process_of_its_own_a_command_in_another_takes_effect_at_once()
    {
        await using var site = await TestSite.StartInRealTimeAsync();
        var person = Person.New();
        // Started with --urls, as before there were commands.
        await using var running = await site.StartProcessAsync();
        var browser = new Browser(running);
        await browser.EnrolAsync(site, person);

        var answer = await site.OperateInProcessAsync(
            [("Serilog:WriteTo:0:Args:restrictedToMinimumLevel", "Verbose")],
            "users",
            "reset-2fa",
            person.Email,
            "--reason",
            Reason
        );

        answer.ShouldBeDone();
        // The answer is all there is on standard output; the log stands beside it.
        Assert.StartsWith(
            $"Two-factor authentication of {person.Email} is off.",
            answer.Output,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("WRN", answer.Output, StringComparison.Ordinal);
        Assert.Contains(
            "All second factors were taken away",
            answer.Error,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(
            person.Digits,
            answer.Output + answer.Error,
            StringComparison.Ordinal
        );
        Assert.False(await browser.IsSignedInAsync());
        await browser.SignInAsync(person);
    }

    [Fact]
    public async Task Given_every_port_of_the_site_taken_a_command_does_its_work_for_it_binds_none()
    {
        await using var site = await TestSite.StartInRealTimeAsync();
        var person = Person.New();
        await site.NewBrowser().RegisterAsync(person);
        using var address = new TcpListener(IPAddress.Loopback, 0);
        using var simulator = new TcpListener(IPAddress.Loopback, 0);
        address.Start();
        simulator.Start();

        var answer = await site.OperateInProcessAsync(
            [
                ("ASPNETCORE_URLS", $"http://{address.LocalEndpoint}"),
                ("Infobip:BaseUrl", null),
                ("Infobip:ApiKey", null),
                ("Infobip:ApplicationId", null),
                ("Infobip:MessageId", null),
                ("Simulator:InProcess", "true"),
                ("Simulator:Port", $"{((IPEndPoint)simulator.LocalEndpoint).Port}"),
            ],
            "users",
            "show",
            person.Email
        );

        answer.ShouldBeDone();
        Assert.Equal($"Account: {person.Email}", answer.Lines[0]);
        Assert.False(address.Pending() || simulator.Pending());
    }

    [Theory]
    [InlineData(true, "users")]
    [InlineData(true, "users", "anything")]
    [InlineData(false)]
    [InlineData(false, "--urls", "http://localhost:5080")]
    [InlineData(false, "--Infobip:BaseUrl=https://xxxxx.api.infobip.com")]
    [InlineData(false, "--urls", "users")]
    [InlineData(false, "Users", "show")]
    [InlineData(false, "--users")]
    public void Given_a_command_line_only_the_first_word_users_makes_it_a_command(
        bool isCommand,
        params string[] args
    )
    {
        Assert.Equal(isCommand, OperatorVerbs.AreAskedFor(args));
    }

    private sealed record Owner(
        Person Person,
        Authenticator App,
        string Key,
        IReadOnlyList<string> RecoveryCodes,
        Browser Browser,
        Browser RememberedBrowser
    );

    /// <summary>Number, app, recovery codes, and signed in twice, once in a remembered browser.</summary>
    private static async Task<Owner> WithEverythingAsync(TestSite site)
    {
        var person = Person.New();
        var (browser, remembered) = (site.NewBrowser(), site.NewBrowser());
        await browser.RegisterAsync(person);
        await browser.SignInAsync(person);
        await browser.ProveNumberAsync(site, person);
        var setup = new AppSetupPage(browser, await browser.GoAsync(AppSetupPage.Path));
        var shown = new RecoveryCodesPage(
            browser,
            await setup.SubmitAsync(setup.App.CodeAt(site.Clock.GetUtcNow()))
        );
        await shown.KeepAsync();
        site.Clock.Advance(TimeSpan.FromSeconds(30));
        await (await remembered.TypePasswordForAppAsync(person)).SubmitAsync(
            setup.App.CodeAt(site.Clock.GetUtcNow()),
            remember: true
        );
        site.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.True(await browser.IsSignedInAsync() && await remembered.IsSignedInAsync());
        return new Owner(person, setup.App, setup.Key, shown.Codes, browser, remembered);
    }

    private static async Task TurnOnAgainAsync(TestSite site, Browser browser, Person person)
    {
        // The wait for the next code of the account.
        site.Clock.Advance(TimeSpan.FromMinutes(2));
        var settings = await browser.ProveNumberAsync(site, person);
        Assert.True(new TwoFactorPage(browser, await settings.TurnOnAsync()).IsOn);
        site.Clock.Advance(TimeSpan.FromMinutes(2));
    }

    private static Task<OperatorAnswer> ResetAsync(TestSite site, Person person) =>
        RunAsync(site, "reset-2fa", person.Email);

    private static Task<OperatorAnswer> RunAsync(TestSite site, string verb, string email) =>
        site.OperateAsync(["users", verb, email, .. Options(verb)]);

    private static string[] Options(string verb) => verb == "reset-2fa" ? ["--reason", Reason] : [];

    private static async Task<OperatorAnswer> WithoutSiteAsync(params string[] args)
    {
        await using StringWriter output = new(),
            error = new();
        var exitCode = await OperatorVerbs.RunAsync(
            args,
            () => throw new InvalidOperationException("The site was built."),
            TextReader.Null,
            output,
            error
        );
        return new OperatorAnswer(exitCode, output.ToString(), error.ToString());
    }

    private static Task<int> CountAsync(TestSite site, SecurityEventKind kind) =>
        site.InDatabaseAsync(db => db.SecurityEvents.CountAsync(e => e.Kind == kind));

    private static string Words(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}

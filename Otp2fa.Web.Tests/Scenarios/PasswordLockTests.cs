using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Otp2fa.Web.Data;
using Otp2fa.Web.Tests.Site;
using Otp2fa.Web.Tests.Site.Pages;

namespace Otp2fa.Web.Tests.Scenarios;

/// <summary>Wrong passwords: what they cost whoever types them, and what they must not cost the owner (L1, L2, L3, L17, T22).</summary>
[Trait("Covers", "R07")]
[Trait("Covers", "R33")]
[Trait("Covers", "R46")]
[Trait("Covers", "T08")]
[Trait("Covers", "T22")]
[Trait("Covers", "L1")]
[Trait("Covers", "L2")]
[Trait("Covers", "L3")]
[Trait("Covers", "L17")]
public sealed class PasswordLockTests
{
    private const string Refused = "Invalid login attempt.";

    [Theory]
    [InlineData(5, 59, false)]
    [InlineData(5, 60, true)]
    [InlineData(6, 119, false)]
    [InlineData(6, 120, true)]
    [InlineData(8, 479, false)]
    [InlineData(8, 480, true)]
    [InlineData(11, 3599, false)]
    [InlineData(11, 3600, true)]
    [InlineData(13, 3599, false)]
    [InlineData(13, 3600, true)]
    public async Task After_five_wrong_ones_in_a_row_the_next_waits_and_each_doubles_the_wait_up_to_an_hour(
        int wrong,
        int seconds,
        bool opens
    )
    {
        await using var site = await TestSite.StartAsync();
        var person = await RegisteredAsync(site);
        for (var i = 0; i < wrong; i++)
        {
            await GuessAsync(site, person.Email, "wrong");
            site.Clock.Advance(i < wrong - 1 ? TimeSpan.FromHours(1) : TimeSpan.Zero);
        }

        site.Clock.Advance(TimeSpan.FromSeconds(seconds));

        Assert.Equal(wrong, await site.PasswordFailuresAsync());
        Assert.Equal(opens, await site.NewBrowser().OpensAsync(person.Email, person.Password));
    }

    [Fact]
    public async Task Four_wrong_ones_bring_no_wait_and_a_right_one_forgives_them()
    {
        await using var site = await TestSite.StartAsync();
        var person = await RegisteredAsync(site);
        for (var round = 0; round < 3; round++)
        {
            for (var i = 0; i < 4; i++)
            {
                await GuessAsync(site, person.Email, "wrong");
            }

            Assert.True(await site.NewBrowser().OpensAsync(person.Email, person.Password));
        }
    }

    [Fact]
    public async Task Fifty_wrong_ones_in_a_day_are_all_however_often_a_right_one_comes_between()
    {
        await using var site = await TestSite.StartAsync(("Limits:WrongPasswordsPerDay", "8"));
        var person = await RegisteredAsync(site);
        for (var i = 0; i < 8; i++)
        {
            await GuessAsync(site, person.Email, "wrong");
            if (i is 3)
            {
                Assert.True(await site.NewBrowser().OpensAsync(person.Email, person.Password));
            }
        }

        site.Clock.Advance(TimeSpan.FromDays(1) - TimeSpan.FromSeconds(1));
        Assert.False(await site.NewBrowser().OpensAsync(person.Email, person.Password));
        site.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(await site.NewBrowser().OpensAsync(person.Email, person.Password));
    }

    /// <summary>F2: stock Identity takes a right password among forty at once although five are the most.</summary>
    [Fact]
    public async Task Of_forty_passwords_at_once_on_two_instances_five_are_checked()
    {
        await using var site = await TestSite.StartAsync();
        var person = await RegisteredAsync(site);
        var second = site.StartHost();
        var pages = new[]
        {
            await LoginPage.OpenAsync(site.NewBrowser()),
            await LoginPage.OpenAsync(site.NewBrowser(second)),
        };

        await Task.WhenAll(
            Enumerable
                .Range(0, 40)
                .Select(i => Task.Run(() => pages[i % 2].PostAsync(person.Email, "wrong")))
        );

        Assert.Equal(5, await CountAsync(site, SecurityEventKind.WrongPassword));
        Assert.Equal(1, await CountAsync(site, SecurityEventKind.AccountLocked));
        Assert.Equal(5, await site.PasswordFailuresAsync());
        Assert.False(await site.NewBrowser().OpensAsync(person.Email, person.Password));
        site.ShouldHaveLoggedNoError();
    }

    [Fact]
    public async Task A_stranger_who_guesses_does_not_keep_the_owner_s_browser_out()
    {
        await using var site = await TestSite.StartAsync();
        var (own, person) = await KnownBrowserAsync(site);
        await GuessWrongAsync(site, person, times: 10);

        Assert.False(await site.NewBrowser().OpensAsync(person.Email, person.Password));
        Assert.True(await own.OpensAsync(person.Email, person.Password));
    }

    [Fact]
    public async Task A_known_browser_has_five_of_its_own_and_they_lock_nobody_else()
    {
        await using var site = await TestSite.StartAsync();
        var (own, person) = await KnownBrowserAsync(site);
        for (var i = 0; i < 5; i++)
        {
            await (await LoginPage.OpenAsync(own)).SubmitAsync(person.Email, "wrong");
        }

        Assert.False(await own.OpensAsync(person.Email, person.Password));
        Assert.True(await site.NewBrowser().OpensAsync(person.Email, person.Password));
        site.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True(await own.OpensAsync(person.Email, person.Password));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("forged")]
    public async Task A_cookie_that_is_not_ours_or_of_another_account_makes_no_browser_known(
        string? forged
    )
    {
        await using var site = await TestSite.StartAsync();
        var (person, other) = (await RegisteredAsync(site), Person.New());
        var thief = site.NewBrowser();
        await thief.RegisterAsync(other);
        await thief.SignInAsync(other);
        await thief.SignOutAsync();
        if (forged is not null)
        {
            thief.Cookies.Add(site.Host.Origin, new Cookie("Otp2fa.Device", forged, "/"));
        }

        await GuessWrongAsync(site, person, times: 5);

        Assert.False(await thief.OpensAsync(person.Email, person.Password));
    }

    [Fact]
    public async Task A_browser_is_known_for_a_year_from_its_last_sign_in()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var own = site.NewBrowser();
        await own.RegisterAsync(person);
        await own.SignInAsync(person);
        var copy = own.CloneTo(site.Host);
        await own.SignOutAsync();
        site.Clock.Advance(TimeSpan.FromDays(365) - TimeSpan.FromSeconds(1));
        await GuessWrongAsync(site, person, times: 5);

        Assert.True(await copy.OpensAsync(person.Email, person.Password));
        await copy.SignOutAsync();
        // The cookie of the sign-in a year ago, and not the new one that it brought.
        site.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.False(await own.CloneTo(site.Host).OpensAsync(person.Email, person.Password));
    }

    [Fact]
    public async Task A_new_password_by_mail_ends_the_wait_and_makes_its_browser_known()
    {
        await using var site = await TestSite.StartAsync();
        var person = await RegisteredAsync(site);
        await GuessWrongAsync(site, person, times: 5);

        var browser = site.NewBrowser();
        var letter = await site.ResetLetterAsync(browser, person.Email);
        await browser.ResetAsync(letter, person.Email, "another good password of mine");
        Assert.Equal(0, await site.PasswordFailuresAsync());
        await GuessWrongAsync(site, person, times: 5);

        Assert.True(await browser.OpensAsync(person.Email, "another good password of mine"));
    }

    [Fact]
    public async Task A_name_without_account_is_counted_like_any_other_and_answered_the_same()
    {
        await using var site = await TestSite.StartAsync();
        var person = await RegisteredAsync(site);
        var nobody = $"nobody-{Guid.NewGuid():N}@example.com";

        for (var i = 0; i < 7; i++)
        {
            var known = await GuessAsync(site, person.Email, "wrong");
            var unknown = await GuessAsync(site, nobody, "wrong");
            Assert.Equal([Refused], known.Errors);
            Assert.Equal(known.Document.Body!.TextContent, unknown.Document.Body!.TextContent);
        }

        Assert.Equal(10, await site.PasswordFailuresAsync());
    }

    [Fact]
    public async Task From_one_address_twenty_in_a_minute_are_checked_and_the_rest_is_told_when()
    {
        await using var site = await TestSite.StartAsync(
            "Development",
            BehindProxy.Add,
            BehindProxy.Setting
        );
        var person = await RegisteredAsync(site);
        for (var i = 0; i < 20; i++)
        {
            var answer = await GuessAsync(site, $"name{i}@example.com", "wrong", "203.0.113.7");
            Assert.Equal([Refused], answer.Errors);
        }

        var right = await GuessAsync(site, person.Email, person.Password, "203.0.113.7");
        var nobody = await GuessAsync(site, "nobody@example.com", "wrong", "203.0.113.7");

        Assert.Equal(HttpStatusCode.TooManyRequests, right.Status);
        right.ShouldSay("Too many wrong passwords came from your network");
        Assert.Equal(right.Errors, nobody.Errors);
        Assert.True(await OpensFromAsync(site, person, "203.0.113.8"));
        site.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True(await OpensFromAsync(site, person, "203.0.113.7"));
    }

    [Fact]
    public async Task Wrong_passwords_of_others_at_the_same_address_do_not_keep_a_known_browser_out()
    {
        await using var site = await TestSite.StartAsync(
            "Development",
            BehindProxy.Add,
            BehindProxy.Setting
        );
        var person = Person.New();
        var own = new Browser(site.Host) { ClientAddress = "203.0.113.7" };
        await own.RegisterAsync(person);
        await own.SignInAsync(person);
        await own.SignOutAsync();
        for (var i = 0; i < 21; i++)
        {
            await GuessAsync(site, $"name{i}@example.com", "wrong", "203.0.113.7");
        }

        Assert.False(await OpensFromAsync(site, person, "203.0.113.7"));
        Assert.True(await own.OpensAsync(person.Email, person.Password));
    }

    [Fact]
    public async Task A_new_password_by_mail_ends_the_wait_of_the_owner_s_own_browser_too()
    {
        await using var site = await TestSite.StartAsync();
        var (own, person) = await KnownBrowserAsync(site);
        for (var i = 0; i < 6; i++)
        {
            await (await LoginPage.OpenAsync(own)).SubmitAsync(person.Email, "wrong");
        }

        Assert.False(await own.OpensAsync(person.Email, person.Password));
        await own.ResetAsync(
            await site.ResetLetterAsync(own, person.Email),
            person.Email,
            "another good password of mine"
        );

        Assert.True(await own.OpensAsync(person.Email, "another good password of mine"));
    }

    [Fact]
    public async Task Passwords_that_were_refused_unchecked_count_for_the_address_they_come_from()
    {
        await using var site = await TestSite.StartAsync(
            "Development",
            BehindProxy.Add,
            BehindProxy.Setting
        );
        for (var i = 0; i < 20; i++)
        {
            await GuessAsync(site, "nobody@example.com", "wrong", "203.0.113.7");
        }

        Assert.Equal(
            HttpStatusCode.TooManyRequests,
            (await GuessAsync(site, "nobody@example.com", "wrong", "203.0.113.7")).Status
        );
    }

    [Fact]
    public async Task A_browser_that_was_known_before_a_new_password_is_not_known_after_it()
    {
        await using var site = await TestSite.StartAsync();
        var (thief, person) = await KnownBrowserAsync(site);
        var owner = site.NewBrowser();
        const string chosen = "another good password of mine";
        await owner.ResetAsync(
            await site.ResetLetterAsync(owner, person.Email),
            person.Email,
            chosen
        );
        await GuessWrongAsync(site, person, times: 5);

        Assert.False(await thief.OpensAsync(person.Email, chosen));
        Assert.True(await owner.OpensAsync(person.Email, chosen));
    }

    [Fact]
    public async Task From_one_network_three_hundred_in_an_hour_are_checked()
    {
        await using var site = await TestSite.StartAsync(
            "Development",
            BehindProxy.Add,
            BehindProxy.Setting,
            ("Limits:WrongPasswordsPerAddressAndMinute", "2"),
            ("Limits:WrongPasswordsPerAddressAndHour", "2"),
            ("Limits:WrongPasswordsPerNetworkAndHour", "4")
        );
        var person = await RegisteredAsync(site);
        for (var i = 0; i < 4; i++)
        {
            await GuessAsync(site, $"name{i}@example.com", "wrong", $"203.0.113.{i}");
        }

        Assert.False(await OpensFromAsync(site, person, "203.0.113.200"));
        Assert.True(await OpensFromAsync(site, person, "203.0.114.200"));
        site.Clock.Advance(TimeSpan.FromHours(1));
        Assert.True(await OpensFromAsync(site, person, "203.0.113.200"));
    }

    [Fact]
    public async Task Wrong_passwords_in_a_session_are_counted_too_and_the_fifth_ends_it()
    {
        await using var site = await TestSite.StartAsync();
        var (browser, person) = await site.SignedInPersonAsync();
        HtmlPage? answer = null;
        for (var i = 0; i < 5; i++)
        {
            answer = await browser.SubmitAsync(
                await browser.GoAsync("/Identity/Account/Manage/ChangePassword"),
                "#change-password-form",
                ("Input.OldPassword", "wrong"),
                ("Input.NewPassword", "another good password of mine"),
                ("Input.ConfirmPassword", "another good password of mine")
            );
        }

        answer!.ShouldBe("/Identity/Account/Lockout").ShouldSay("lasts 1 hour at most");
        Assert.False(await browser.IsSignedInAsync());
        Assert.False(await browser.OpensAsync(person.Email, person.Password));
    }

    [Fact]
    public async Task More_passwords_than_can_be_hashed_are_refused_at_once_and_cost_nothing()
    {
        using var hasher = new HeldHasher();
        await using var site = await TestSite.StartAsync(
            "Development",
            services => services.AddSingleton<IPasswordHasher<ApplicationUser>>(hasher),
            ("Limits:PasswordHashesAtOnce", "1"),
            ("Limits:PasswordHashesWaiting", "1")
        );
        var page = await LoginPage.OpenAsync(site.NewBrowser());
        List<Task<HttpResponseMessage>> guesses =
        [
            Task.Run(() => page.PostAsync("name0@example.com", "wrong")),
        ];
        await hasher.Begun;
        // One is hashed; of the next two one waits for its turn and the other finds no place.
        guesses.Add(Task.Run(() => page.PostAsync("name1@example.com", "wrong")));
        guesses.Add(Task.Run(() => page.PostAsync("name2@example.com", "wrong")));
        var refused = await await Task.WhenAny(guesses);
        hasher.Release();
        var answers = await Task.WhenAll(guesses);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(5), refused.Headers.RetryAfter!.Delta);
        Assert.Contains(
            "We are very busy right now",
            await refused.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
        Assert.Equal(2, answers.Count(answer => answer.StatusCode == HttpStatusCode.OK));
        Assert.Equal(2, await site.PasswordFailuresAsync());
        site.ShouldHaveLoggedNoError();
    }

    [Fact]
    public async Task Identity_s_own_methods_count_forgive_and_tell_the_same_and_lose_none_of_many_at_once()
    {
        await using var site = await TestSite.StartAsync(("Limits:WrongPasswords", "30"));
        var person = await RegisteredAsync(site);

        await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => AskAsync(users => users.AccessFailedAsync))
        );

        Assert.Equal(20, await CountAsync());
        await AskAsync(users => users.ResetAccessFailedCountAsync);
        Assert.Equal(0, await CountAsync());
        await GuessWrongAsync(site, person, times: 2);
        Assert.Equal(2, await CountAsync());

        async Task AskAsync(
            Func<UserManager<ApplicationUser>, Func<ApplicationUser, Task<IdentityResult>>> method
        )
        {
            await using var scope = site.Host.Services.CreateAsyncScope();
            var users = scope.ServiceProvider.GetRequiredService<UserManager<ApplicationUser>>();
            var user = (await users.FindByEmailAsync(person.Email))!;
            Assert.True((await method(users)(user)).Succeeded);
        }

        async Task<int> CountAsync()
        {
            await using var scope = site.Host.Services.CreateAsyncScope();
            var users = scope.ServiceProvider.GetRequiredService<UserManager<ApplicationUser>>();
            return await users.GetAccessFailedCountAsync(
                (await users.FindByEmailAsync(person.Email))!
            );
        }
    }

    [Fact]
    public async Task A_hash_of_older_settings_is_replaced_and_nobody_is_signed_out()
    {
        await using var site = await TestSite.StartAsync();
        var (browser, person) = await site.SignedInPersonAsync();
        var before = await HashAsync();
        var stronger = site.StartHost(("Accounts:PasswordIterations", "2"));

        Assert.True(await site.NewBrowser(stronger).OpensAsync(person.Email, person.Password));

        Assert.NotEqual(before, await HashAsync());
        Assert.True(await browser.IsSignedInAsync());
        Assert.True(await site.NewBrowser(stronger).OpensAsync(person.Email, person.Password));

        Task<string?> HashAsync() =>
            site.InDatabaseAsync(db => db.Users.Select(u => u.PasswordHash).SingleAsync());
    }

    private static async Task<Person> RegisteredAsync(TestSite site)
    {
        var person = Person.New();
        await site.NewBrowser().RegisterAsync(person);
        return person;
    }

    /// <summary>A browser in which a person was signed in before.</summary>
    private static async Task<(Browser Browser, Person Person)> KnownBrowserAsync(TestSite site)
    {
        var (browser, person) = await site.SignedInPersonAsync();
        await browser.SignOutAsync();
        return (browser, person);
    }

    /// <summary>A stranger's wrong passwords, one after the other.</summary>
    private static async Task GuessWrongAsync(TestSite site, Person person, int times)
    {
        for (var i = 0; i < times; i++)
        {
            await GuessAsync(site, person.Email, "wrong");
        }
    }

    private static async Task<HtmlPage> GuessAsync(
        TestSite site,
        string email,
        string password,
        string? address = null
    ) =>
        await (
            await LoginPage.OpenAsync(new Browser(site.Host) { ClientAddress = address })
        ).SubmitAsync(email, password);

    private static Task<bool> OpensFromAsync(TestSite site, Person person, string address) =>
        new Browser(site.Host) { ClientAddress = address }.OpensAsync(
            person.Email,
            person.Password
        );

    private static Task<int> CountAsync(TestSite site, SecurityEventKind kind) =>
        site.InDatabaseAsync(db => db.SecurityEvents.CountAsync(e => e.Kind == kind));

    /// <summary>A hasher that takes as long as the test wants.</summary>
    private sealed class HeldHasher : PasswordHasher<ApplicationUser>, IDisposable
    {
        private readonly ManualResetEventSlim release = new();
        private readonly TaskCompletionSource begun = new(
            TaskCreationOptions.RunContinuationsAsynchronously
        );

        public Task Begun => begun.Task;

        public void Release() => release.Set();

        public override PasswordVerificationResult VerifyHashedPassword(
            ApplicationUser user,
            string hashedPassword,
            string providedPassword
        )
        {
            begun.TrySetResult();
            release.Wait(TimeSpan.FromSeconds(30));
            return PasswordVerificationResult.Failed;
        }

        public void Dispose() => release.Dispose();
    }
}

using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Otp2fa.Web.Data;
using Otp2fa.Web.Tests.Site;
using Otp2fa.Web.Tests.Site.Pages;
using Otp2fa.Web.Tests.Support;
using static Otp2fa.Web.Tests.Site.MailStories;

namespace Otp2fa.Web.Tests.Scenarios;

/// <summary>
/// Whether an address has an account is neither in what an answer says nor in what was done for it (R07). Work is compared
/// and not time: the same statements in the same order, and as many password hashes.
/// </summary>
[Trait("Covers", "R07")]
[Trait("Covers", "T23")]
public sealed class EqualAnswersTests
{
    [Theory]
    [InlineData("forgot")]
    [InlineData("resend")]
    [InlineData("reset")]
    public async Task For_every_address_the_same_work_is_done(string what)
    {
        var (log, hashes) = (new StatementLog(), new CountingHasher());
        await using var site = await StartAsync(log, hashes);
        var addresses = await AddressesAsync(site);
        var works = new List<string>();
        foreach (var address in addresses)
        {
            var browser = site.NewBrowser();
            var page = await browser.GoAsync(
                what switch
                {
                    "forgot" => $"{Account}/ForgotPassword",
                    "resend" => $"{Account}/ResendEmailConfirmation",
                    _ => $"{Account}/ResetPassword?code=AAAA",
                }
            );
            (string, string)[] fields =
                what == "reset"
                    ?
                    [
                        ("Input.Email", address),
                        ("Input.Password", "quite another set of words"),
                        ("Input.ConfirmPassword", "quite another set of words"),
                    ]
                    : [("Input.Email", address)];
            log.Take();
            hashes.Take();

            await browser.PostAsync(page, "main form", fields);

            works.Add($"{string.Join('\n', log.Take())}\n{hashes.Take()} hashes");
        }

        Assert.Single(works.Distinct());
        Assert.Equal(
            what != "reset",
            works[0].Contains("INSERT INTO \"OutboxMails\"", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Registering_costs_one_hash_and_writes_one_mail_for_every_address()
    {
        var (log, hashes) = (new StatementLog(), new CountingHasher());
        await using var site = await StartAsync(log, hashes);
        foreach (var address in await AddressesAsync(site))
        {
            var register = await RegisterPage.OpenAsync(site.NewBrowser());
            log.Take();
            hashes.Take();

            var page = await register.SubmitAsync(address, "quite another set of words");

            page.ShouldBe($"{Account}/RegisterConfirmation");
            Assert.Equal(1, hashes.Take());
            Assert.Single(
                log.Take(),
                statement =>
                    statement.Contains("INSERT INTO \"OutboxMails\"", StringComparison.Ordinal)
            );
        }
    }

    private static Task<TestSite> StartAsync(StatementLog log, CountingHasher hashes) =>
        TestSite.StartAsync(
            "Development",
            services =>
            {
                services.ConfigureDbContext<SqliteOtp2faDbContext>(options =>
                    options.AddInterceptors(log)
                );
                services.RemoveAll<IPasswordHasher<ApplicationUser>>();
                services.AddSingleton<IPasswordHasher<ApplicationUser>>(hashes);
            }
        );

    /// <summary>Known, locked, unconfirmed, unknown.</summary>
    private static async Task<IReadOnlyList<string>> AddressesAsync(TestSite site)
    {
        var (known, locked, unconfirmed) = (Person.New(), Person.New(), Person.New());
        await site.NewBrowser().RegisterAsync(known);
        await site.NewBrowser().RegisterAsync(locked);
        await site.LockAsync(locked, TimeSpan.FromMinutes(15));
        await (await RegisterPage.OpenAsync(site.NewBrowser())).SubmitAsync(
            unconfirmed.Email,
            unconfirmed.Password
        );
        await site.DeliverMailsAsync();
        // What registering has charged must not make the reads of a ledger longer for some.
        site.Clock.Advance(TimeSpan.FromHours(2));
        await site.PurgeAsync();
        return [known.Email, locked.Email, unconfirmed.Email, "nobody@example.com"];
    }

    private sealed class CountingHasher : PasswordHasher<ApplicationUser>
    {
        private int count;

        public int Take() => Interlocked.Exchange(ref count, 0);

        public override string HashPassword(ApplicationUser user, string password)
        {
            Interlocked.Increment(ref count);
            return base.HashPassword(user, password);
        }

        public override PasswordVerificationResult VerifyHashedPassword(
            ApplicationUser user,
            string hashedPassword,
            string providedPassword
        )
        {
            Interlocked.Increment(ref count);
            return base.VerifyHashedPassword(user, hashedPassword, providedPassword);
        }
    }
}

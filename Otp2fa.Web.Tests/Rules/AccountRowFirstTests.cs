using Microsoft.Extensions.DependencyInjection;
using Otp2fa.Web.Data;
using Otp2fa.Web.Tests.Site;
using Otp2fa.Web.Tests.Site.Pages;
using Otp2fa.Web.Tests.Support;

namespace Otp2fa.Web.Tests.Rules;

/// <summary>
/// Transactions that write an account's rows take the account's own row first. SQLite, which the tests run on, has one lock and
/// would never show it; SQL Server would end one of two requests of a person.
/// </summary>
public sealed class AccountRowFirstTests
{
    private static readonly string[] Tables =
    [
        "Sessions",
        "RecoveryCodes",
        "ShownRecoveryCodes",
        "RememberedBrowsers",
        "SecurityEvents",
        "PinChallenges",
        "PendingTickets",
        "OutboxMails",
        "FormerAddresses",
    ];

    [Fact]
    public async Task A_transaction_that_writes_rows_of_an_account_begins_with_the_accounts_own()
    {
        var openings = new TransactionOpenings();
        await using var site = await TestSite.StartAsync(
            "Development",
            services =>
                services.ConfigureDbContext<SqliteOtp2faDbContext>(options =>
                    options.AddInterceptors(openings)
                )
        );
        await LiveAsync(site);

        var writes = openings
            .Seen.Where(statement => Tables.Any(table => IsWrite(statement.Later, table)))
            .ToList();

        Assert.All(
            Tables,
            table => Assert.Contains(writes, statement => IsWrite(statement.Later, table))
        );
        Assert.All(
            writes,
            statement =>
                Assert.True(
                    statement.First.StartsWith("UPDATE \"AspNetUsers\"", StringComparison.Ordinal),
                    $"{statement.Later}\nin a transaction that began with\n{statement.First}"
                )
        );
    }

    /// <summary>Something of everything: enrolment, app, codes, remembered browsers, sessions, wrong ones, a step-up.</summary>
    private static async Task LiveAsync(TestSite site)
    {
        var person = Person.New();
        var browser = site.NewBrowser();
        await browser.EnrolAsync(site, person);
        var former = person;
        person = Person.New() with { Password = former.Password, Number = former.Number };
        await browser.AskForAddressAsync(site, former, person.Email);
        await browser.PressBehindAsync(await site.NewestMailAsync(person.Email));
        var app = await browser.SetAppUpAsync(site);
        await browser.SubmitAsync(
            await browser.GoAsync("/Identity/Account/Manage/GenerateRecoveryCodes"),
            "main #generate-recovery-codes"
        );
        var codes = new RecoveryCodesPage(browser, await browser.GoAsync(RecoveryCodesPage.Path));
        await codes.KeepAsync();
        site.Clock.Advance(TimeSpan.FromMinutes(10));
        var other = site.NewBrowser();
        await (await LoginPage.OpenAsync(other)).SubmitAsync(person.Email, "wrong");
        var page = await other.TypePasswordForAppAsync(person);
        page = new AppCodePage(
            other,
            await page.SubmitAsync(app.WrongCodeAt(site.Clock.GetUtcNow()))
        );
        await page.SubmitAsync(app.CodeAt(site.Clock.GetUtcNow()), remember: true);
        await other.SubmitAsync(
            await other.GoAsync("/Identity/Account/Manage/Sessions"),
            "#end-others"
        );
        await other.SubmitAsync(
            await other.GoAsync("/Identity/Account/Manage/RememberedBrowsers"),
            "#forget-all"
        );
        await other.SignOutAsync();
        await other.TypePasswordForAppAsync(person);
        await other.SubmitAsync(
            await other.GoAsync("/Identity/Account/LoginWithRecoveryCode"),
            "form",
            ("Input.RecoveryCode", codes.Codes[0])
        );
        Assert.True(await other.IsSignedInAsync());
    }

    private static bool IsWrite(string sql, string table) =>
        sql.Contains($"INSERT INTO \"{table}\"", StringComparison.Ordinal)
        || sql.Contains($"UPDATE \"{table}\"", StringComparison.Ordinal)
        || sql.Contains($"DELETE FROM \"{table}\"", StringComparison.Ordinal);
}

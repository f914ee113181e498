using Microsoft.EntityFrameworkCore;
using Otp2fa.Web.Tests.Site;

namespace Otp2fa.Web.Tests.Scenarios;

/// <summary>Where a person is signed in: seen, ended, and over by itself.</summary>
[Trait("Covers", "R15")]
[Trait("Covers", "R23")]
[Trait("Covers", "T14")]
public sealed class SignedInBrowsersTests
{
    private const string Sessions = "/Identity/Account/Manage/Sessions";

    [Fact]
    public async Task Given_two_browsers_both_are_listed_and_this_one_is_marked()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var browser = site.NewBrowser();
        await browser.RegisterAsync(person);
        await site.NewBrowser().SignInAsync(person);
        site.Clock.Advance(TimeSpan.FromMinutes(3));
        await browser.SignInAsync(person);

        var page = (await browser.GoAsync(Sessions)).ShouldBe(Sessions);

        var rows = page.Document.QuerySelectorAll(".session");
        Assert.Equal(2, rows.Length);
        Assert.Contains("this browser", rows[0].TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("this browser", rows[1].TextContent, StringComparison.Ordinal);
        Assert.Contains("3 minutes ago", rows[1].TextContent, StringComparison.Ordinal);
        Assert.Single(page.Document.QuerySelectorAll(".session form"));
    }

    [Fact]
    public async Task Given_another_browser_it_can_be_ended_alone_and_is_signed_out_at_once_on_every_instance()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var browser = site.NewBrowser();
        await browser.RegisterAsync(person);
        await browser.SignInAsync(person);
        var (second, third) = (site.NewBrowser(site.StartHost()), site.NewBrowser());
        await second.SignInAsync(person);
        await third.SignInAsync(person);
        var page = await browser.GoAsync(Sessions);
        var victim = await site.InDatabaseAsync(db =>
            db.Sessions.OrderBy(s => s.Id).Skip(1).Select(s => s.Id).FirstAsync()
        );

        var after = await browser.SubmitAsync(page, $".session form:has([value='{victim}'])");

        after.ShouldSayAnywhere("That browser is signed out.");
        Assert.False(await second.IsSignedInAsync());
        Assert.True(await third.IsSignedInAsync());
        Assert.True(await browser.IsSignedInAsync());
        (
            await browser.SubmitAsync(page, $".session form:has([value='{victim}'])")
        ).ShouldSayAnywhere("That browser was signed out already.");
    }

    [Fact]
    public async Task Given_all_others_are_ended_only_this_one_stays()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var browser = site.NewBrowser();
        await browser.RegisterAsync(person);
        await browser.SignInAsync(person);
        Browser[] others = [site.NewBrowser(), site.NewBrowser()];
        foreach (var other in others)
        {
            await other.SignInAsync(person);
        }

        var after = await browser.SubmitAsync(await browser.GoAsync(Sessions), "#end-others");

        after.ShouldSayAnywhere("2 other browsers are signed out.");
        Assert.False(after.Has("#end-others"));
        foreach (var other in others)
        {
            Assert.False(await other.IsSignedInAsync());
        }

        Assert.True(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task Given_a_change_of_factors_the_browsers_that_it_signed_out_are_not_listed()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var browser = site.NewBrowser();
        await browser.RegisterAsync(person);
        await browser.SignInAsync(person);
        await site.NewBrowser().SignInAsync(person);

        await browser.SetAppUpAsync(site);

        var page = await browser.GoAsync(Sessions);
        Assert.Single(page.Document.QuerySelectorAll(".session"));
        Assert.Equal(1, await site.CountSessionsAsync());
    }

    [Fact]
    public async Task Given_the_id_of_another_persons_session_it_stays()
    {
        await using var site = await TestSite.StartAsync();
        var (person, victim) = (Person.New(), Person.New());
        var (browser, theirs) = (site.NewBrowser(), site.NewBrowser());
        await browser.RegisterAsync(person);
        await theirs.RegisterAsync(victim);
        await theirs.SignInAsync(victim);
        await browser.SignInAsync(person);
        await site.NewBrowser().SignInAsync(person);
        var foreign = await site.InDatabaseAsync(db =>
            db.Sessions.OrderBy(s => s.Id).Select(s => s.Id).FirstAsync()
        );

        await browser.SubmitAsync(
            await browser.GoAsync(Sessions),
            ".session form",
            ("id", foreign.ToString(System.Globalization.CultureInfo.InvariantCulture))
        );

        Assert.True(await theirs.IsSignedInAsync());
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    public async Task Given_no_request_for_an_hour_the_session_is_over(
        int secondsFromEnd,
        bool isSignedIn
    )
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var browser = site.NewBrowser();
        await browser.RegisterAsync(person);
        await browser.SignInAsync(person);
        // A request in between begins the hour anew.
        site.Clock.Advance(TimeSpan.FromMinutes(59));
        Assert.True(await browser.IsSignedInAsync());

        site.Clock.Advance(TimeSpan.FromHours(1) + TimeSpan.FromSeconds(secondsFromEnd));

        Assert.Equal(isSignedIn, await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task Given_many_requests_in_a_minute_the_session_row_is_written_once()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var browser = site.NewBrowser();
        await browser.RegisterAsync(person);
        await browser.SignInAsync(person);
        var signIn = site.Clock.GetUtcNow();
        site.Clock.Advance(TimeSpan.FromSeconds(59));
        await browser.IsSignedInAsync();
        Assert.Equal(signIn, await LastSeenAsync());

        site.Clock.Advance(TimeSpan.FromSeconds(1));
        await browser.IsSignedInAsync();

        Assert.Equal(site.Clock.GetUtcNow(), await LastSeenAsync());

        Task<DateTimeOffset> LastSeenAsync() =>
            site.InDatabaseAsync(db => db.Sessions.Select(s => s.LastSeenUtc).SingleAsync());
    }
}

using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Otp2fa.Web.Accounts;
using Otp2fa.Web.Tests.Site;

namespace Otp2fa.Web.Tests.Units.Accounts;

[Trait("Covers", "R21")]
public sealed class PendingTicketStoreTests
{
    [Fact]
    public async Task Given_the_same_user_a_ticket_is_rewritten_under_its_key_and_its_end_stays()
    {
        await using var store = await Store.OpenAsync();
        var key = await store.StoreAsync(store.First, "old");
        store.Site.Clock.Advance(TimeSpan.FromMinutes(14));

        await store.RenewAsync(key, store.First, "new");

        Assert.Equal("new", await store.ReadAsync(key));
        store.Site.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(await store.ReadAsync(key));
    }

    [Fact]
    public async Task Given_another_user_a_ticket_is_deleted_and_nothing_is_written()
    {
        await using var store = await Store.OpenAsync();
        var key = await store.StoreAsync(store.First, "old");

        await store.RenewAsync(key, store.Second, "new");

        Assert.Null(await store.ReadAsync(key));
        Assert.Equal(0, await store.Site.InDatabaseAsync(db => db.PendingTickets.CountAsync()));
    }

    [Fact]
    public async Task Given_a_key_of_another_scheme_it_opens_nothing()
    {
        await using var store = await Store.OpenAsync();
        var key = await store.StoreAsync(store.First, "old");

        Assert.Null(await store.ReadAsync(key, AccountSchemes.PendingNumber));
        Assert.Equal("old", await store.ReadAsync(key));
    }

    [Theory]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("not base64url at all, but long enough to be one")]
    public async Task Given_what_is_no_key_nothing_is_found_and_nothing_fails(string key)
    {
        await using var store = await Store.OpenAsync();

        Assert.Null(await store.ReadAsync(key));
        await store.RenewAsync(key, store.First, "new");
        await store.RemoveAsync(key);
    }

    [Fact]
    public async Task Given_a_database_that_fails_a_renewal_does_not_throw_and_the_log_has_an_error()
    {
        await using var store = await Store.OpenAsync();
        var key = await store.StoreAsync(store.First, "old");
        await store.Site.InDatabaseAsync(db =>
            db.Database.ExecuteSqlRawAsync("ALTER TABLE PendingTickets RENAME TO Lost")
        );

        await store.RenewAsync(key, store.First, "new");

        Assert.Contains(
            store.Site.Logs.Lines,
            line => line.Contains("could not be rewritten", StringComparison.Ordinal)
        );
    }

    private sealed class Store : IAsyncDisposable
    {
        private readonly AsyncServiceScope scope;
        private readonly DefaultHttpContext context;

        private Store(TestSite site, string first, string second)
        {
            (Site, First, Second) = (site, first, second);
            scope = site.Host.Services.CreateAsyncScope();
            context = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        }

        public TestSite Site { get; }

        public string First { get; }

        public string Second { get; }

        public static async Task<Store> OpenAsync()
        {
            var site = await TestSite.StartAsync();
            await site.NewBrowser().RegisterAsync(Person.New());
            await site.NewBrowser().RegisterAsync(Person.New());
            var ids = await site.InDatabaseAsync(db => db.Users.Select(u => u.Id).ToListAsync());
            return new Store(site, ids[0], ids[1]);
        }

        public Task<string> StoreAsync(string userId, string note) =>
            Of(AccountSchemes.PendingSignIn).StoreAsync(Ticket(userId, note), context, default);

        public Task RenewAsync(string key, string userId, string note) =>
            Of(AccountSchemes.PendingSignIn)
                .RenewAsync(key, Ticket(userId, note), context, default);

        public Task RemoveAsync(string key) =>
            Of(AccountSchemes.PendingSignIn).RemoveAsync(key, context, default);

        public async Task<string?> ReadAsync(string key, string? scheme = null) =>
            (await Of(scheme ?? AccountSchemes.PendingSignIn).RetrieveAsync(key, context, default))
                ?.Properties
                .Items["note"];

        public async ValueTask DisposeAsync()
        {
            await scope.DisposeAsync();
            await Site.DisposeAsync();
        }

        private ITicketStore Of(string scheme) =>
            scope
                .ServiceProvider.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>()
                .Get(scheme)
                .SessionStore!;

        private AuthenticationTicket Ticket(string userId, string note)
        {
            var properties = new AuthenticationProperties
            {
                ExpiresUtc = Site.Clock.GetUtcNow().AddMinutes(15),
            };
            properties.Items["note"] = note;
            var identity = new ClaimsIdentity([new Claim(ClaimTypes.Name, userId)], "test");
            return new AuthenticationTicket(
                new ClaimsPrincipal(identity),
                properties,
                AccountSchemes.PendingSignIn
            );
        }
    }
}

using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Otp2fa.Web.Data;
using Otp2fa.Web.Tests.Site;

namespace Otp2fa.Web.Tests.Units.Accounts;

/// <summary>Identity's own ways to write a number, which would un-confirm it and with it every second factor (F7, T19).</summary>
[Trait("Covers", "T19")]
public sealed class PhoneWritePathTests
{
    [Fact]
    public async Task Given_a_proved_number_Identitys_own_setters_are_refused_and_it_stays_proved()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        await using var scope = site.Host.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<ApplicationUser>>();
        var user = (await users.FindByEmailAsync(person.Email))!;

        Assert.False((await users.SetPhoneNumberAsync(user, "+447700900999")).Succeeded);
        Assert.False(
            (await users.ChangePhoneNumberAsync(user, "+447700900999", "123456")).Succeeded
        );

        var stored = await site.InDatabaseAsync(db => db.Users.AsNoTracking().SingleAsync());
        Assert.Equal(person.Number, stored.PhoneNumber);
        Assert.True(stored.PhoneNumberConfirmed);
    }

    /// <summary>Whatever else turns a factor on, off or over leads past the step-up, the other sessions and the history.</summary>
    [Fact]
    public async Task Given_an_account_Identitys_own_switches_of_factors_are_refused_and_nothing_changes()
    {
        await using var site = await TestSite.StartAsync();
        await site.PersonWithAppAsync();
        await using var scope = site.Host.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<ApplicationUser>>();
        var user = await users.Users.SingleAsync();
        var key = await users.GetAuthenticatorKeyAsync(user);

        Assert.False((await users.SetTwoFactorEnabledAsync(user, enabled: false)).Succeeded);
        Assert.False((await users.ResetAuthenticatorKeyAsync(user)).Succeeded);

        var stored = await site.InDatabaseAsync(db => db.Users.AsNoTracking().SingleAsync());
        Assert.True(stored.TwoFactorEnabled);
        Assert.Equal(32, key!.Length);
        Assert.Equal(key, await users.GetAuthenticatorKeyAsync(stored));
        Assert.Equal(["Authenticator"], await users.GetValidTwoFactorProvidersAsync(stored));
    }
}

using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Otp2fa.InfobipSimulator.Api;
using Otp2fa.Web.Data;
using Otp2fa.Web.Tests.Site;
using Otp2fa.Web.TwoFactor;

namespace Otp2fa.Web.Tests.Rules;

/// <summary>No way through Identity sends or checks a code but the sign-in manager's.</summary>
[Trait("Covers", "R02")]
public sealed class TokenProviderTests
{
    private const string Phone = "Phone";
    private const string TwoFactor = "TwoFactor";

    [Fact]
    public async Task Identity_has_three_token_providers_and_Phone_is_Infobip()
    {
        await using var site = await TestSite.StartAsync();
        var map = site
            .Host.Services.GetRequiredService<IOptions<IdentityOptions>>()
            .Value.Tokens.ProviderMap;

        Assert.Equal(["Authenticator", "Default", Phone], map.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(typeof(AppTokenProvider), map["Authenticator"].ProviderType);
        Assert.Equal(typeof(SmsTokenProvider), map[Phone].ProviderType);
        Assert.Equal(
            typeof(DataProtectorTokenProvider<ApplicationUser>),
            map["Default"].ProviderType
        );
    }

    [Theory]
    [InlineData(TwoFactor)]
    [InlineData("ResetPassword")]
    [InlineData("ChangePhoneNumber:+447700900123")]
    [InlineData("")]
    public async Task Without_a_sign_in_under_way_nothing_is_sent_whatever_the_purpose(
        string purpose
    )
    {
        await AskAsync(
            async (users, user, _) =>
                await Assert.ThrowsAsync<InvalidOperationException>(() =>
                    users.GenerateUserTokenAsync(user, Phone, purpose)
                )
        );
    }

    [Theory]
    [InlineData("ResetPassword")]
    [InlineData("EmailConfirmation")]
    [InlineData("twofactor")]
    [InlineData("TwoFactor ")]
    public async Task With_a_sign_in_under_way_nothing_is_sent_for_another_purpose(string purpose)
    {
        await AskAsync(
            async (users, user, port) =>
            {
                port.BeginSend(new ApplicationUser(), before: null);
                await Assert.ThrowsAsync<InvalidOperationException>(() =>
                    users.GenerateUserTokenAsync(user, Phone, purpose)
                );
            }
        );
    }

    [Fact]
    public async Task Without_a_pending_ticket_no_code_is_checked()
    {
        await AskAsync(
            async (users, user, _) =>
                Assert.False(await users.VerifyTwoFactorTokenAsync(user, Phone, "012345"))
        );
    }

    [Theory]
    [InlineData("ResetPassword", ChallengePurpose.SignIn, "012345")]
    [InlineData("twofactor", ChallengePurpose.SignIn, "012345")]
    [InlineData(TwoFactor, ChallengePurpose.VerifyNumber, "012345")]
    [InlineData(TwoFactor, ChallengePurpose.StepUp, "012345")]
    [InlineData(TwoFactor, ChallengePurpose.SignIn, "012346")]
    [InlineData(TwoFactor, ChallengePurpose.SignIn, "012 345")]
    [InlineData(TwoFactor, ChallengePurpose.SignIn, "")]
    public async Task A_code_of_another_purpose_or_another_than_the_ports_is_not_checked(
        string purpose,
        ChallengePurpose ticketPurpose,
        string token
    )
    {
        await AskAsync(
            async (users, user, port) =>
            {
                port.BeginSubmit(
                    new ChallengeTicket(1, ticketPurpose, "pin-id", RandomKey.Draw().Text),
                    PinCode.Parse("012345", 6).Pin!
                );

                Assert.False(await users.VerifyUserTokenAsync(user, Phone, purpose, token));
                Assert.Null(port.Submission);
            }
        );
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("+447700900123", false)]
    [InlineData("not a number", true)]
    public async Task Without_a_proved_number_the_port_says_so_and_nothing_is_sent(
        string? number,
        bool isConfirmed
    )
    {
        await AskAsync(
            async (users, user, port) =>
            {
                (user.PhoneNumber, user.PhoneNumberConfirmed) = (number, isConfirmed);
                port.BeginSend(new ApplicationUser(), before: null);

                Assert.Equal("", await users.GenerateTwoFactorTokenAsync(user, Phone));
                Assert.Equal(SendRefusal.NoProvedNumber, port.Start?.Denial?.Reason);
                Assert.Empty(await users.GetValidTwoFactorProvidersAsync(user));
            }
        );
    }

    [Fact]
    public async Task A_proved_number_makes_Phone_the_one_provider_of_the_account()
    {
        await AskAsync(
            async (users, user, _) =>
                Assert.Equal([Phone], await users.GetValidTwoFactorProvidersAsync(user))
        );
    }

    /// <summary>
    /// Asks Identity for what no page asks for, in a scope like a request's, for an account with a proved number; and
    /// nothing may have reached the far end or the challenges.
    /// </summary>
    private static async Task AskAsync(
        Func<UserManager<ApplicationUser>, ApplicationUser, PendingChallenge, Task> ask
    )
    {
        await using var site = await TestSite.StartAsync();
        await using var scope = site.Host.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<ApplicationUser>>();
        var user = new ApplicationUser
        {
            UserName = "a@example.com",
            Email = "a@example.com",
            PhoneNumber = "+447700900123",
            PhoneNumberConfirmed = true,
            TwoFactorEnabled = true,
        };
        Assert.True((await users.CreateAsync(user)).Succeeded);

        await ask(users, user, scope.ServiceProvider.GetRequiredService<PendingChallenge>());

        Assert.Equal(0, site.Infobip.Calls.Count(InfobipOperation.SendPin));
        Assert.Equal(0, site.Infobip.Calls.Count(InfobipOperation.VerifyPin));
        Assert.Equal(0, await site.InDatabaseAsync(db => db.PinChallenges.CountAsync()));
    }
}

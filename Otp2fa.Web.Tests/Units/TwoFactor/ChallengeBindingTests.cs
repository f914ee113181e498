using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Otp2fa.InfobipSimulator.Api;
using Otp2fa.InfobipSimulator.Faults;
using Otp2fa.Web.Data;
using Otp2fa.Web.Tests.Site;
using Otp2fa.Web.TwoFactor;

namespace Otp2fa.Web.Tests.Units.TwoFactor;

/// <summary>
/// The right PIN with one thing that is not this very attempt's: each part of what a challenge is bound to, changed alone
/// (requirement R18, threats T03 to T05).
/// </summary>
[Trait("Covers", "R18")]
[Trait("Covers", "T03")]
[Trait("Covers", "T04")]
[Trait("Covers", "T05")]
public sealed class ChallengeBindingTests
{
    public static TheoryData<string> Parts =>
        new(
            "another purpose",
            "another user",
            "another number",
            "another attempt",
            "another pinId",
            "another stamp",
            "another challenge"
        );

    [Theory]
    [MemberData(nameof(Parts))]
    public async Task Given_the_right_PIN_with_one_part_of_another_attempt_it_opens_nothing_and_Infobip_is_not_asked(
        string part
    )
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        var other = await site.PersonWithTwoFactorAsync();
        await using var scope = site.Host.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Otp2faDbContext>();
        var sender = scope.ServiceProvider.GetRequiredService<PinSender>();
        var checker = scope.ServiceProvider.GetRequiredService<PinChecker>();
        var user = await db.Users.AsNoTracking().SingleAsync(u => u.Email == person.Email);
        var stranger = await db.Users.AsNoTracking().SingleAsync(u => u.Email == other.Email);
        var number = user.GetProvedNumber()!;
        var attempt = RandomKey.Draw().Text;
        var ticket = (
            await sender.StartAsync(user, ChallengePurpose.SignIn, number, attempt)
        ).Ticket!;
        var pin = PinCode.Parse(site.CodeOnPhone(person), 6).Pin!;
        var theirs = (
            await sender.StartAsync(
                stranger,
                ChallengePurpose.SignIn,
                stranger.GetProvedNumber()!,
                RandomKey.Draw().Text
            )
        ).Ticket!;
        var before = site.Verifies;

        var submission = part switch
        {
            "another purpose" => await checker.SubmitAsync(
                user,
                number,
                ticket with
                {
                    Purpose = ChallengePurpose.StepUp,
                },
                pin
            ),
            "another user" => await checker.SubmitAsync(
                Twin(user, stranger.Id),
                number,
                ticket,
                pin
            ),
            "another number" => await checker.SubmitAsync(
                user,
                stranger.GetProvedNumber()!,
                ticket,
                pin
            ),
            "another attempt" => await checker.SubmitAsync(
                user,
                number,
                ticket with
                {
                    Attempt = RandomKey.Draw().Text,
                },
                pin
            ),
            "another pinId" => await checker.SubmitAsync(
                user,
                number,
                ticket with
                {
                    PinId = theirs.PinId,
                },
                pin
            ),
            "another challenge" => await checker.SubmitAsync(
                user,
                number,
                ticket with
                {
                    ChallengeId = ticket.ChallengeId + 1,
                },
                pin
            ),
            "another stamp" => await checker.SubmitAsync(
                Twin(user, user.Id, "OTHER"),
                number,
                ticket,
                pin
            ),
            _ => throw new ArgumentOutOfRangeException(nameof(part)),
        };

        Assert.Contains(
            submission.Status,
            new[] { PinSubmissionStatus.NoChallenge, PinSubmissionStatus.Superseded }
        );
        Assert.Equal(before, site.Verifies);
        var right = await checker.SubmitAsync(user, number, ticket, pin);
        Assert.Equal(PinSubmissionStatus.Verified, right.Status);
    }

    [Theory]
    [InlineData("locked")]
    [InlineData("2FA off")]
    [InlineData("number un-confirmed")]
    [InlineData("stamp changed")]
    [InlineData("superseded")]
    public async Task Given_a_change_while_Infobip_is_asked_the_right_PIN_is_not_taken(
        string change
    )
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        await using var scope = site.Host.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Otp2faDbContext>();
        var user = await db.Users.AsNoTracking().SingleAsync(u => u.Email == person.Email);
        var number = user.GetProvedNumber()!;
        var rows = scope.ServiceProvider.GetRequiredService<ChallengeRows>();
        var sender = scope.ServiceProvider.GetRequiredService<PinSender>();
        var ticket = (
            await sender.StartAsync(user, ChallengePurpose.SignIn, number, RandomKey.Draw().Text)
        ).Ticket!;
        Assert.True(await rows.ReserveAttemptAsync(user, number, ticket));

        var users = db.Users.Where(u => u.Id == user.Id);
        var changed = change switch
        {
            "locked" => await users.ExecuteUpdateAsync(set =>
                set.SetProperty(u => u.LockoutEnd, site.Clock.GetUtcNow().AddMinutes(1))
            ),
            "2FA off" => await users.ExecuteUpdateAsync(set =>
                set.SetProperty(u => u.TwoFactorEnabled, false)
            ),
            "number un-confirmed" => await users.ExecuteUpdateAsync(set =>
                set.SetProperty(u => u.PhoneNumberConfirmed, false)
            ),
            "stamp changed" => await users.ExecuteUpdateAsync(set =>
                set.SetProperty(u => u.SecurityStamp, "OTHER")
            ),
            "superseded" => await db
                .PinChallenges.Where(c => c.Id == ticket.ChallengeId)
                .ExecuteUpdateAsync(set =>
                    set.SetProperty(c => c.SupersededById, ticket.ChallengeId + 1)
                ),
            _ => 0,
        };

        Assert.Equal(1, changed);
        Assert.False(await rows.ConsumeAsync(user, number, ticket));
    }

    [Fact]
    public async Task Given_a_right_PIN_that_came_too_late_for_the_account_the_challenge_promises_nothing_any_more()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        await using var scope = site.Host.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Otp2faDbContext>();
        var user = await db.Users.AsNoTracking().SingleAsync(u => u.Email == person.Email);
        var number = user.GetProvedNumber()!;
        var sender = scope.ServiceProvider.GetRequiredService<PinSender>();
        var checker = scope.ServiceProvider.GetRequiredService<PinChecker>();
        var ticket = (
            await sender.StartAsync(user, ChallengePurpose.SignIn, number, RandomKey.Draw().Text)
        ).Ticket!;
        var release = new TaskCompletionSource();
        site.Infobip.Faults.ForNext(InfobipOperation.VerifyPin, Fault.HeldUntil(release.Task));
        var before = site.Verifies;

        var submitting = checker.SubmitAsync(
            user,
            number,
            ticket,
            PinCode.Parse(site.CodeOnPhone(person), 6).Pin!
        );
        await site.EventuallyAsync(() => Task.FromResult(site.Verifies == before + 1));
        await site.LockAsync(person, TimeSpan.FromMinutes(1));
        release.SetResult();

        Assert.Equal(PinSubmissionStatus.Superseded, (await submitting).Status);
        Assert.NotEqual(ChallengeStatus.Live, (await checker.FindStateAsync(user, ticket))!.Status);
    }

    /// <summary>The same account in everything that a challenge is bound to, but for what is named.</summary>
    private static ApplicationUser Twin(ApplicationUser user, string id, string? stamp = null) =>
        new()
        {
            Id = id,
            SecurityStamp = stamp ?? user.SecurityStamp,
            PhoneNumber = user.PhoneNumber,
            PhoneNumberConfirmed = true,
            TwoFactorEnabled = true,
        };
}

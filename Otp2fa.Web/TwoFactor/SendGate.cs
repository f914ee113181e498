using Otp2fa.Web.Data;
using Otp2fa.Web.Limits;

namespace Otp2fa.Web.TwoFactor;

/// <summary>
/// Every code passes here before the provider is asked, whatever it is for and however it goes out: whether the number may
/// be sent to, whether the code could be used at all, and whether there is budget, which it takes.
/// </summary>
internal sealed class SendGate(
    SendBudget sends,
    WrongCodes wrongCodes,
    NumberRules numbers,
    IPinProvider provider,
    IAuditTrail audit
)
{
    /// <summary>Takes the budget of one send.</summary>
    /// <returns>A pass if it may go out now; otherwise why not.</returns>
    public async Task<(SendReservation? Pass, SendDenial? Denial)> PassAsync(
        ApplicationUser user,
        ChallengePurpose purpose,
        PhoneNumber to
    )
    {
        if (await FindObstacleAsync(user, purpose, to) is { } obstacle)
        {
            return (null, obstacle);
        }

        var (pass, limited) = await sends.TryReserveAsync(RequestOf(user, purpose, to));
        if (limited is not null)
        {
            audit.Record(AuditKind.CodeNotSent, user.Id, Factor.Sms, $"{purpose} {limited.Limit}");
        }

        return (pass, Explain(limited));
    }

    /// <summary>The provider was not asked: what it would have cost the person is given back.</summary>
    public Task ReturnAsync(SendReservation pass) => sends.ReturnAsync(pass);

    /// <summary>What <see cref="PassAsync"/> would say now. Takes nothing.</summary>
    public async Task<SendDenial?> LookAsync(
        ApplicationUser user,
        ChallengePurpose purpose,
        PhoneNumber to
    ) =>
        await FindObstacleAsync(user, purpose, to)
        ?? Explain(await sends.FindLimitAsync(RequestOf(user, purpose, to)));

    private async Task<SendDenial?> FindObstacleAsync(
        ApplicationUser user,
        ChallengePurpose purpose,
        PhoneNumber to
    )
    {
        if (numbers.Judge(to) is { } refusal)
        {
            return new SendDenial(
                refusal == PhoneRefusal.CountryNotServed
                    ? SendRefusal.CountryNotServed
                    : SendRefusal.KindNotServed
            );
        }

        if (await wrongCodes.FindObstacleAsync(user, purpose) is { } obstacle)
        {
            return new SendDenial(
                obstacle.Status == PinSubmissionStatus.SwitchedOff
                    ? SendRefusal.SwitchedOff
                    : SendRefusal.GuessesSpent,
                obstacle.Until
            );
        }

        return provider.IsDown ? new SendDenial(SendRefusal.Outage) : null;
    }

    private static SendRequest RequestOf(
        ApplicationUser user,
        ChallengePurpose purpose,
        PhoneNumber to
    ) =>
        new(
            user.Id,
            to.E164,
            NumberRules.CountryOf(to),
            IsEnrolment: purpose == ChallengePurpose.VerifyNumber
        );

    private static SendDenial? Explain(SendLimited? limited) =>
        limited is null
            ? null
            : new SendDenial(
                limited.Limit switch
                {
                    SendLimit.Wait => SendRefusal.Wait,
                    SendLimit.Window => SendRefusal.Window,
                    SendLimit.NewNumbers => SendRefusal.NewNumbers,
                    SendLimit.Enrolment => SendRefusal.EnrolmentPaused,
                    SendLimit.Crowd => SendRefusal.Crowded,
                    SendLimit.Site => SendRefusal.SiteBudget,
                },
                // When the site's own limits have room again is nobody's business.
                limited.Limit
                    is SendLimit.Enrolment
                        or SendLimit.Site
                        or SendLimit.Crowd
                    ? null
                    : limited.Until
            );
}

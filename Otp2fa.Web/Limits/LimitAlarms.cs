using Microsoft.Extensions.Options;
using Otp2fa.Web.Data;

namespace Otp2fa.Web.Limits;

/// <summary>
/// Tells the operator that the site sends more codes than usual, or fewer people type them back: once an hour over all
/// instances, as a log event and a count.
/// </summary>
internal sealed class LimitAlarms(
    LimitLedger ledger,
    KeyedHash keyedHash,
    LimitMeters meters,
    IOptions<LimitsOptions> options,
    ILogger<LimitAlarms> logger
)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <param name="result">What came of a charge.</param>
    /// <param name="country">Where the send goes.</param>
    public async Task ReportAsync(ChargeResult result, string country)
    {
        foreach (var level in result.Levels)
        {
            var name =
                level.Rule == LimitRule.CountrySends
                    ? $"{level.Rule} {country}, {level.Name}"
                    : $"{level.Rule}, {level.Name}";
            if (StepOf(level) is { } step && await IsFirstAsync($"{name}, {step}"))
            {
                Report(name, level, step);
            }
        }

        if (result.Refusal is { Rule: LimitRule.BlockNumbers } && await IsFirstAsync("block"))
        {
            meters.Alarm("BlockNumbers", AlarmStep.Spent);
            logger.BlockStopped();
        }
    }

    public async Task ConversionLowAsync(string name, int sent, int verified)
    {
        if (await IsFirstAsync($"conversion, {name}"))
        {
            meters.Alarm($"conversion of {name}", AlarmStep.Enrolment);
            logger.ConversionLow(name, verified, sent);
        }
    }

    private AlarmStep? StepOf(BudgetLevel level) =>
        level.Filled >= level.Most ? AlarmStep.Spent
        : level.Filled >= level.Most * options.Value.EnrolmentShare ? AlarmStep.Enrolment
        : level.Filled >= level.Most * options.Value.AlarmShare ? AlarmStep.Early
        : null;

    private void Report(string name, BudgetLevel level, AlarmStep step)
    {
        meters.Alarm(name, step);
        switch (step)
        {
            case AlarmStep.Early:
                logger.BudgetGoing(name, level.Filled, level.Most);
                break;
            case AlarmStep.Enrolment:
                logger.BudgetForSignInsOnly(name, level.Filled, level.Most);
                break;
            case AlarmStep.Spent:
                logger.BudgetSpent(name, level.Most, level.Until);
                break;
        }
    }

    private async Task<bool> IsFirstAsync(string name)
    {
        var charge = new LimitCharge(
            LimitRule.Alarms,
            keyedHash.Compute("limit alarm", name),
            [new LimitWindow(1, Hour)]
        );
        // Mostly it is not the first, and then nothing needs to be written.
        return await ledger.FindRefusalAsync([charge], []) is null
            && (await ledger.TryChargeAsync([charge], [])).Refusal is null;
    }
}

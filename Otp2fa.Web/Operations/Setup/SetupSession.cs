using Microsoft.Extensions.Options;
using Otp2fa.Web.Infobip;
using Otp2fa.Web.TwoFactor;

namespace Otp2fa.Web.Operations.Setup;

/// <summary>One run of a command on the set-up: what it says, and what it ends with.</summary>
/// <param name="services">Of the site.</param>
/// <param name="host">Whom it asks.</param>
/// <param name="environment">Whose settings it uses.</param>
/// <param name="asJson">For scripts: one document on standard output, and nothing else there.</param>
/// <param name="input">Where a person answers.</param>
/// <param name="output">For what was found and done.</param>
/// <param name="error">For why it was not.</param>
internal sealed class SetupSession(
    IServiceProvider services,
    string host,
    string environment,
    bool asJson,
    TextReader input,
    TextWriter output,
    TextWriter error
)
{
    /// <summary>The name of the service.</summary>
    public string Issuer => services.GetRequiredService<IOptions<TwoFactorOptions>>().Value.Issuer;

    public async Task<int> ExamineAsync(CancellationToken stop)
    {
        var doctor = services.GetRequiredService<SetupDoctor>();
        var examination = await doctor.ExamineAsync(stop);
        var report = DoctorReport.Of(host, environment, examination.Findings);
        await SayAsync(asJson ? [report.ToJson()] : report.ToText());
        return !examination.IsAnswered ? SetupExit.NotRun
            : report.Result == FindingLevel.Fail ? SetupExit.Findings
            : SetupExit.Good;
    }

    public async Task<int> ProvisionAsync(
        ProvisionWish wish,
        bool isDryRun,
        bool isAgreed,
        CancellationToken stop
    )
    {
        var problem = wish.FindProblem(
            services.GetRequiredService<IOptions<InfobipOptions>>().Value.Sender
        );
        var (plan, noPlan) = problem is null
            ? await services.GetRequiredService<SetupPlanner>().PlanAsync(wish, stop)
            : (null, problem);
        if (plan is null)
        {
            return await ConcludeAsync(null, new ProvisionOutcome(null, null, Failure: noPlan));
        }

        var isToWrite = plan.IsNeeded && !isDryRun;
        var isToAsk = isToWrite && !isAgreed;
        if (!asJson || isToAsk)
        {
            // Whoever is asked must have seen what for.
            await SayAsync(ProvisionReport.PlanLines(plan), asJson ? error : output);
        }

        var outcome =
            isToAsk && !await AskAsync(stop)
                ? Untouched(plan) with
                {
                    Failure = "Nothing was written. Add --yes to go on without a question.",
                }
            : isToWrite ? await services.GetRequiredService<SetupProvisioner>().ApplyAsync(plan)
            : Untouched(plan);
        var exit = await ConcludeAsync(plan, outcome);
        return exit == SetupExit.Good && isDryRun && plan.IsNeeded ? SetupExit.Findings : exit;
    }

    private static ProvisionOutcome Untouched(ProvisionPlan plan) =>
        new(plan.Application.Id, plan.Template.Id);

    private async Task<int> ConcludeAsync(ProvisionPlan? plan, ProvisionOutcome outcome)
    {
        var report = ProvisionReport.Of(host, environment, plan, outcome);
        await SayAsync(asJson ? [report.ToJson()] : report.SettingsLines());
        if (outcome.Failure is not { } failure)
        {
            return SetupExit.Good;
        }

        await error.WriteLineAsync(failure);
        return SetupExit.NotRun;
    }

    public async Task<int> SendTestAsync(string number, CancellationToken stop)
    {
        List<SendTestStep> steps = [];
        var isVerified = await services
            .GetRequiredService<SendTest>()
            .RunAsync(
                number,
                async () =>
                {
                    await error.WriteAsync("Type the code that arrived: ");
                    return await ReadLineAsync(stop);
                },
                async step =>
                {
                    steps.Add(step);
                    if (!asJson)
                    {
                        await SayAsync([SendTestReport.LineOf(step)]);
                    }
                }
            );
        if (asJson)
        {
            await SayAsync([new SendTestReport(host, environment, isVerified, steps).ToJson()]);
        }

        return isVerified ? SetupExit.Good
            : steps[^1].Result
                is SendTest.NotTyped
                    or nameof(PinVerifyStatus.WrongPin)
                    or nameof(PinVerifyStatus.Expired)
                    or nameof(PinVerifyStatus.AttemptsExhausted)
                ? SetupExit.Findings
            : SetupExit.NotRun;
    }

    private async Task<bool> AskAsync(CancellationToken stop)
    {
        await error.WriteAsync("Write this to Infobip? (yes/no) ");
        var answer = await ReadLineAsync(stop);
        return string.Equals(answer?.Trim(), "yes", StringComparison.OrdinalIgnoreCase);
    }

    /// <returns>Null if nobody answers, or if the command is given up: what was asked for stays to be told.</returns>
    private async Task<string?> ReadLineAsync(CancellationToken stop)
    {
        try
        {
            // The console's reader waits without listening to a token.
            return await Task.Run(input.ReadLine, CancellationToken.None).WaitAsync(stop);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private Task SayAsync(IEnumerable<string> lines) => SayAsync(lines, output);

    private static async Task SayAsync(IEnumerable<string> lines, TextWriter writer)
    {
        foreach (var line in lines)
        {
            await writer.WriteLineAsync(line);
        }
    }
}

using Microsoft.Extensions.Options;
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

    public async Task<int> ExamineAsync()
    {
        var doctor = services.GetRequiredService<SetupDoctor>();
        var examination = await doctor.ExamineAsync();
        var report = DoctorReport.Of(host, environment, examination.Findings);
        await SayAsync(asJson ? [report.ToJson()] : report.ToText());
        return !examination.IsAnswered ? SetupExit.NotRun
            : report.Result == FindingLevel.Fail ? SetupExit.Findings
            : SetupExit.Good;
    }

    public async Task<int> ProvisionAsync(ProvisionWish wish, bool isDryRun, bool isAgreed)
    {
        var provisioner = services.GetRequiredService<SetupProvisioner>();
        var (plan, failure) = await provisioner.PlanAsync(wish);
        if (plan is null)
        {
            await error.WriteLineAsync(failure);
            return SetupExit.NotRun;
        }

        var messages = GsmText.CountSegments(
            TemplateText.Sent(plan.TemplateRequest.MessageText, plan.TemplateRequest.PinLength)
        );
        if (!asJson)
        {
            await SayAsync(ProvisionReport.PlanLines(plan, messages));
        }

        if (plan.IsNeeded && !isDryRun && !isAgreed && !await AskAsync())
        {
            await error.WriteLineAsync(
                "Nothing was written. Add --yes to go on without a question."
            );
            return SetupExit.NotRun;
        }

        var writes = plan.IsNeeded && !isDryRun;
        var outcome = writes
            ? await provisioner.ApplyAsync(plan)
            : new ProvisionOutcome(plan.Application.Id, plan.Template.Id);
        var report = new ProvisionReport(
            host,
            environment,
            plan.Application,
            plan.Template,
            messages,
            writes && outcome.Failure is null,
            outcome.ApplicationId,
            outcome.MessageId,
            outcome.Failure
        );
        await SayAsync(asJson ? [report.ToJson()] : report.OutcomeLines());
        return outcome.Failure is null ? SetupExit.Good : SetupExit.NotRun;
    }

    public async Task<int> SendTestAsync(string number)
    {
        List<SendTestStep> steps = [];
        var isVerified = await services
            .GetRequiredService<SendTest>()
            .RunAsync(
                number,
                async () =>
                {
                    await error.WriteAsync("Type the code that arrived: ");
                    return await input.ReadLineAsync();
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
                is "NotTyped"
                    or nameof(PinVerifyStatus.WrongPin)
                    or nameof(PinVerifyStatus.Expired)
                    or nameof(PinVerifyStatus.AttemptsExhausted)
                ? SetupExit.Findings
            : SetupExit.NotRun;
    }

    private async Task<bool> AskAsync()
    {
        await error.WriteAsync("Write this to Infobip? (yes/no) ");
        var answer = await input.ReadLineAsync();
        return string.Equals(answer?.Trim(), "yes", StringComparison.OrdinalIgnoreCase);
    }

    private async Task SayAsync(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            await output.WriteLineAsync(line);
        }
    }
}

using System.CommandLine;
using Microsoft.Extensions.Options;
using Otp2fa.Web.Infobip;

namespace Otp2fa.Web.Operations.Setup;

/// <summary>The commands on the set-up at Infobip, as an operator types them.</summary>
/// <param name="open">
/// Builds the site without starting it: its settings and its way to Infobip, no server and no simulator. Asked for once the
/// command is known to be right.
/// </param>
internal sealed class InfobipVerbs(Func<WebApplication> open)
{
    public const string Name = "infobip";

    public Command Create() =>
        new(Name, "Looks at the 2FA application and template at Infobip.") { NewDoctor() };

    private Command NewDoctor()
    {
        var json = new Option<bool>("--json") { Description = "Answers for scripts." };
        var simulator = new Option<bool>("--simulator")
        {
            Description =
                "Allows an address of this machine, where a simulator answers and not Infobip.",
        };
        var verb = new Command(
            "doctor",
            "Compares the set-up with what this site needs, and says how to mend it. Changes nothing and sends nothing."
        )
        {
            json,
            simulator,
        };
        verb.SetAction(
            (parsed, _) =>
                ExamineAsync(
                    parsed.InvocationConfiguration,
                    parsed.GetValue(json),
                    parsed.GetValue(simulator)
                )
        );
        return verb;
    }

    private async Task<int> ExamineAsync(
        InvocationConfiguration console,
        bool asJson,
        bool isSimulatorAllowed
    )
    {
        await using var site = open();
        await using var scope = site.Services.CreateAsyncScope();
        try
        {
            var address = new Uri(
                scope.ServiceProvider.GetRequiredService<IOptions<InfobipOptions>>().Value.BaseUrl!
            );
            if (address.IsLoopback && !isSimulatorAllowed)
            {
                await console.Error.WriteLineAsync(
                    $"{address.Authority} is this machine: a simulator, and not Infobip. Set Infobip:BaseUrl to the host of your account, or add --simulator."
                );
                return SetupExit.NotRun;
            }

            var doctor = scope.ServiceProvider.GetRequiredService<SetupDoctor>();
            var report = DoctorReport.Of(
                address.Authority,
                site.Environment.EnvironmentName,
                await doctor.ExamineAsync()
            );
            foreach (var line in asJson ? [report.ToJson()] : report.ToText())
            {
                await console.Output.WriteLineAsync(line);
            }

            return report.Checks.Any(check =>
                    check.Id == SetupDoctor.SiteKeyId && check.Found == SetupDoctor.NoAnswer
                )
                    ? SetupExit.NotRun
                : report.Result == FindingLevel.Fail ? SetupExit.Findings
                : SetupExit.Good;
        }
        catch (OptionsValidationException exception)
        {
            foreach (var failure in exception.Failures)
            {
                await console.Error.WriteLineAsync(failure);
            }

            return SetupExit.NotRun;
        }
    }
}

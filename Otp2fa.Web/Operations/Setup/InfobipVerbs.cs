using System.CommandLine;
using Microsoft.Extensions.Options;
using Otp2fa.Web.Infobip;

namespace Otp2fa.Web.Operations.Setup;

/// <summary>The commands on the set-up at Infobip, as an operator types them.</summary>
/// <param name="open">
/// Builds the site without starting it: its settings, changed by what is handed in, and its way to Infobip; no server and no
/// simulator. Asked for once the command is known to be right.
/// </param>
/// <param name="input">Where a person answers.</param>
internal sealed class InfobipVerbs(
    Func<Action<IServiceCollection>, WebApplication> open,
    TextReader input
)
{
    public const string Name = "infobip";

    private readonly Option<bool> json = new("--json") { Description = "Answers for scripts." };

    private readonly Option<bool> simulator = new("--simulator")
    {
        Description =
            "Allows an address of this machine, where a simulator answers and not Infobip.",
    };

    public Command Create() =>
        new(Name, "Sets the 2FA application and template at Infobip up, or looks at them.")
        {
            NewDoctor(),
            ProvisionVerb.Create(json, simulator, RunAsync),
            NewSendTest(),
        };

    private Command NewDoctor()
    {
        var verb = new Command(
            "doctor",
            "Compares the set-up with what this site needs, and says how to mend it. Changes nothing and sends nothing."
        )
        {
            json,
            simulator,
        };
        verb.SetAction(
            (parsed, stop) => RunAsync(parsed, _ => { }, session => session.ExamineAsync(stop))
        );
        return verb;
    }

    private Command NewSendTest()
    {
        var number = new Argument<string>("NUMBER")
        {
            Description = "A phone in your hand, with its country code.",
        };
        var verb = new Command(
            "send-test",
            "Sends one real code, takes it back and has it checked. It costs a message."
        )
        {
            number,
            json,
            simulator,
        };
        verb.SetAction(
            (parsed, stop) =>
                RunAsync(
                    parsed,
                    _ => { },
                    session => session.SendTestAsync(parsed.GetRequiredValue(number), stop)
                )
        );
        return verb;
    }

    private async Task<int> RunAsync(
        ParseResult parsed,
        Action<IServiceCollection> change,
        Func<SetupSession, Task<int>> work
    )
    {
        var console = parsed.InvocationConfiguration;
        await using var site = open(change);
        await using var scope = site.Services.CreateAsyncScope();
        var address = new Uri(
            scope.ServiceProvider.GetRequiredService<IOptions<InfobipOptions>>().Value.BaseUrl!
        );
        // Before anything is asked: whoever has two accounts should see which one this is.
        await (parsed.GetValue(json) ? console.Error : console.Output).WriteLineAsync(
            $"Infobip at {address.Authority}, settings of {site.Environment.EnvironmentName}"
        );
        if (address.IsLoopback && !parsed.GetValue(simulator))
        {
            await console.Error.WriteLineAsync(
                $"{address.Authority} is this machine: a simulator, and not Infobip. Set Infobip:BaseUrl to the host of your account, or add --simulator."
            );
            return SetupExit.NotRun;
        }

        return await work(
            new SetupSession(
                scope.ServiceProvider,
                address.Authority,
                site.Environment.EnvironmentName,
                parsed.GetValue(json),
                input,
                console.Output,
                console.Error
            )
        );
    }
}

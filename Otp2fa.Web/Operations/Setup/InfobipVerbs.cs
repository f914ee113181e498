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
            NewProvision(),
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
            (parsed, _) => RunAsync(parsed, _ => { }, session => session.ExamineAsync())
        );
        return verb;
    }

    private Command NewProvision()
    {
        var name = new Option<string>("--name")
        {
            Description =
                "Of the application, by which it is found again, and of the service in the text. Default: TwoFactor:Issuer.",
        };
        var text = new Option<string>("--text")
        {
            Description = "Of the message, with {{pin}}, instead of ours.",
        };
        text.Validators.Add(result =>
        {
            if (
                result.GetValueOrDefault<string>() is { } typed
                && (!TemplateText.HasCodeFirst(typed) || TemplateText.HasOtherPlaceholder(typed))
            )
            {
                result.AddError(
                    "--text begins with {{pin}}, where the code goes, and has no other placeholder."
                );
            }
        });
        var origin = new Option<string>("--origin")
        {
            Description =
                "The host of your site: a last line @HOST #{{pin}} lets phones offer the code there alone.",
        };
        origin.Validators.Add(result =>
        {
            if (
                result.GetValueOrDefault<string>() is { } host
                && Uri.CheckHostName(host) != UriHostNameType.Dns
            )
            {
                result.AddError("--origin is a bare host name, such as www.example.com.");
            }
        });
        var sender = new Option<string>("--sender")
        {
            Description = "Shown on the phone. Default: Infobip:From, or what the template has.",
        };
        var language = new Option<string>("--language")
        {
            Description =
                "Of calls, in Infobip's notation, such as en, de or pt_br. Default: what the template has, or en.",
        };
        var dryRun = new Option<bool>("--dry-run") { Description = "Shows the plan and ends." };
        var yes = new Option<bool>("--yes") { Description = "Does not ask before it writes." };
        var verb = new Command(
            "provision",
            "Makes the application and the template what this site needs, or makes them. Shows a plan first."
        )
        {
            name,
            text,
            origin,
            sender,
            language,
            dryRun,
            yes,
            json,
            simulator,
        };
        verb.SetAction(
            (parsed, _) =>
                RunAsync(
                    parsed,
                    LetIdsBeMissing,
                    session =>
                        session.ProvisionAsync(
                            new ProvisionWish(
                                parsed.GetValue(name) ?? session.Issuer,
                                parsed.GetValue(text),
                                parsed.GetValue(origin),
                                parsed.GetValue(sender),
                                parsed.GetValue(language)
                            ),
                            parsed.GetValue(dryRun),
                            parsed.GetValue(yes)
                        )
                )
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
            (parsed, _) =>
                RunAsync(
                    parsed,
                    _ => { },
                    session => session.SendTestAsync(parsed.GetRequiredValue(number))
                )
        );
        return verb;
    }

    // A new account has no ids yet, and the key that makes them is the one for management.
    private static void LetIdsBeMissing(IServiceCollection services) =>
        services.PostConfigure<InfobipOptions>(options =>
        {
            options.ApplicationId = OrUnset(options.ApplicationId);
            options.MessageId = OrUnset(options.MessageId);
            if (!string.IsNullOrEmpty(options.ManagementKey))
            {
                options.ApiKey = OrUnset(options.ApiKey);
            }
        });

    private static string OrUnset(string? value) =>
        string.IsNullOrWhiteSpace(value) ? SetupProvisioner.Unset : value;

    private async Task<int> RunAsync(
        ParseResult parsed,
        Action<IServiceCollection> change,
        Func<SetupSession, Task<int>> work
    )
    {
        var console = parsed.InvocationConfiguration;
        await using var site = open(change);
        await using var scope = site.Services.CreateAsyncScope();
        try
        {
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

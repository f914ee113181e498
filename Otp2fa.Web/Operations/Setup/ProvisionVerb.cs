using System.CommandLine;
using Otp2fa.Web.Infobip;

namespace Otp2fa.Web.Operations.Setup;

/// <summary>The command <c>infobip provision</c>: what can be asked of it, and what of that cannot be right.</summary>
internal static class ProvisionVerb
{
    public static Command Create(
        Option<bool> json,
        Option<bool> simulator,
        Func<ParseResult, Action<IServiceCollection>, Func<SetupSession, Task<int>>, Task<int>> run
    )
    {
        var name = Text(
            "--name",
            "Of the application, by which it is found again, and of the service in the text. Default: TwoFactor:Issuer.",
            ProvisionWish.IsName,
            "--name is 1 to 100 characters without control characters and without a placeholder."
        );
        var text = Text(
            "--text",
            "Of the message, with {{pin}}, instead of ours.",
            ProvisionWish.IsText,
            "--text begins with {{pin}}, where the code goes, and has no other placeholder."
        );
        var origin = Text(
            "--origin",
            "The host of your site: a last line @HOST #{{pin}} lets phones offer the code there alone.",
            ProvisionWish.IsOrigin,
            "--origin is a bare host name, such as www.example.com."
        );
        var sender = Text(
            "--sender",
            "Shown on the phone. Default: Infobip:From, or what the template has.",
            ProvisionWish.IsSender,
            "--sender is a name of at most 11 plain characters, or a number of at most 15 digits without a plus."
        );
        var language = Text(
            "--language",
            "Of calls, in Infobip's notation, such as en, de or pt_br. Default: what the template has, or en.",
            ProvisionWish.IsLanguage,
            $"--language is one of {string.Join(", ", ProvisionWish.Languages)}."
        );
        var dryRun = new Option<bool>("--dry-run")
        {
            Description = "Shows the plan and ends; with 1 if there is something to do.",
        };
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
            (parsed, stop) =>
                run(
                    parsed,
                    LetIdsBeMissing,
                    session =>
                        session.ProvisionAsync(
                            new ProvisionWish(
                                parsed.GetValue(name) ?? session.Issuer,
                                parsed.GetValue(text),
                                parsed.GetValue(origin),
                                parsed.GetValue(sender),
                                parsed.GetValue(language)?.ToLowerInvariant()
                            ),
                            parsed.GetValue(dryRun),
                            parsed.GetValue(yes),
                            stop
                        )
                )
        );
        return verb;
    }

    private static Option<string> Text(
        string name,
        string description,
        Func<string, bool> isRight,
        string sentence
    )
    {
        var option = new Option<string>(name) { Description = description };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { } typed && !isRight(typed))
            {
                result.AddError(sentence);
            }
        });
        return option;
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
        string.IsNullOrWhiteSpace(value) ? SetupPlanner.Unset : value;
}

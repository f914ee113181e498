using System.CommandLine;
using Otp2fa.Web.Data;

namespace Otp2fa.Web.Operations.Users;

/// <summary>The commands on one account, as an operator types them.</summary>
/// <param name="open">
/// Builds the site without starting it: its settings, database and key ring, and no server. Asked for once the command is known
/// to be right.
/// </param>
internal sealed class UserVerbs(Func<WebApplication> open)
{
    public const string Name = "users";

    public Command Create() =>
        new(Name, "Looks at one account, or helps its owner back in.")
        {
            NewVerb(
                "show",
                "Tells the state of the account and the newest entries of its security history.",
                async (desk, email, cancellation) =>
                    UserAnswers.OfState(await desk.ShowAsync(email, cancellation))
            ),
            NewReset(),
            NewVerb(
                "unlock",
                "Ends the lockout after too many wrong passwords.",
                async (desk, email, cancellation) =>
                    UserAnswers.OfUnlock(await desk.UnlockAsync(email, cancellation))
            ),
            NewVerb(
                "end-sessions",
                "Signs the person out in every browser. Remembered browsers stay remembered.",
                async (desk, email, cancellation) =>
                    UserAnswers.OfEndedSessions(await desk.EndSessionsAsync(email, cancellation))
            ),
        };

    private Command NewReset()
    {
        var reason = new Option<string>("--reason")
        {
            Description =
                $"Why, in one line of at most {SecurityHistory.LongestDetail} characters. The owner of the account reads it.",
            HelpName = "TEXT",
            Required = true,
        };
        reason.Validators.Add(result =>
        {
            if (FindFault(result.GetValueOrDefault<string>()) is { } fault)
            {
                result.AddError(fault);
            }
        });
        var (verb, email) = NewCommand(
            "reset-2fa",
            "Takes every second factor away from a person who has lost them, forgets remembered browsers and signs the person out. Find out first who is asking: the password alone opens the account afterwards."
        );
        verb.Add(reason);
        verb.SetAction(
            (parsed, cancellation) =>
                RunAsync(
                    parsed,
                    async desk =>
                        UserAnswers.OfReset(
                            await desk.ResetTwoFactorAsync(
                                parsed.GetRequiredValue(email),
                                parsed.GetRequiredValue(reason).Trim(),
                                cancellation
                            )
                        ),
                    cancellation
                )
        );
        return verb;
    }

    private Command NewVerb(
        string name,
        string description,
        Func<UserDesk, string, CancellationToken, Task<VerbAnswer>> work
    )
    {
        var (verb, email) = NewCommand(name, description);
        verb.SetAction(
            (parsed, cancellation) =>
                RunAsync(
                    parsed,
                    desk => work(desk, parsed.GetRequiredValue(email), cancellation),
                    cancellation
                )
        );
        return verb;
    }

    private static (Command Verb, Argument<string> Email) NewCommand(
        string name,
        string description
    )
    {
        var email = new Argument<string>("EMAIL")
        {
            Description = "The address that the person signs in with.",
        };
        return (new Command(name, description) { email }, email);
    }

    private static string? FindFault(string? reason) =>
        reason?.Trim() switch
        {
            null or "" => "--reason is blank. Say why: the owner of the account reads it.",
            { Length: > SecurityHistory.LongestDetail } =>
                $"--reason is longer than {SecurityHistory.LongestDetail} characters.",
            var text when text.Any(char.IsControl) => "--reason is more than one line of text.",
            _ => null,
        };

    private async Task<int> RunAsync(
        ParseResult parsed,
        Func<UserDesk, Task<VerbAnswer>> work,
        CancellationToken cancellationToken
    )
    {
        await using var site = open();
        await site.Services.GetRequiredService<DatabasePreparation>().StartAsync(cancellationToken);
        await using var scope = site.Services.CreateAsyncScope();
        var (exitCode, lines) = await work(scope.ServiceProvider.GetRequiredService<UserDesk>());
        var writer =
            exitCode == VerbExit.Done
                ? parsed.InvocationConfiguration.Output
                : parsed.InvocationConfiguration.Error;
        foreach (var line in lines)
        {
            await writer.WriteLineAsync(line);
        }

        return exitCode;
    }
}

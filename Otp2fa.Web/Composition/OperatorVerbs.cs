using System.CommandLine;
using System.CommandLine.Invocation;
using System.Data.Common;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Otp2fa.Web.Data;
using Otp2fa.Web.Operations.Setup;
using Otp2fa.Web.Operations.Users;

namespace Otp2fa.Web.Composition;

/// <summary>
/// The operator's commands: the site's services on the site's settings, which come from files and the environment. Nothing is
/// started, so that nothing listens; and of the settings those are checked that a command uses, so that an account can be
/// unlocked while others are missing.
/// </summary>
internal static class OperatorVerbs
{
    // Two writes of the longest Infobip:Timeout.
    private static readonly TimeSpan LongestWrite = TimeSpan.FromSeconds(65);

    /// <summary>Every other command line starts the site.</summary>
    public static bool AreAskedFor(string[] args) =>
        args is [UserVerbs.Name or InfobipVerbs.Name, ..];

    public static Task<int> RunAsync(string[] args)
    {
        var answer = Console.Out;
        // Standard output is for the answer: what the settings log to the console goes beside it.
        Console.SetOut(Console.Error);
        return RunAsync(
            args,
            () => WebApplication.CreateBuilder(),
            Console.In,
            answer,
            Console.Error
        );
    }

    /// <param name="args">The command line.</param>
    /// <param name="newBuilder">Makes a builder with the settings.</param>
    /// <param name="input">Where a person answers.</param>
    /// <param name="answer">For what was done.</param>
    /// <param name="error">For why it was not.</param>
    /// <returns>The exit code, one of <see cref="VerbExit"/> or of <see cref="SetupExit"/>.</returns>
    public static async Task<int> RunAsync(
        string[] args,
        Func<WebApplicationBuilder> newBuilder,
        TextReader input,
        TextWriter answer,
        TextWriter error
    )
    {
        var root = new RootCommand("Otp2fa: the site, if no command is given.")
        {
            new UserVerbs(() => Build(newBuilder(), _ => { })).Create(),
            new InfobipVerbs(change => Build(newBuilder(), change), input).Create(),
        };
        // A reason may begin with @.
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        var isWrong = parsed.Action is ParseErrorAction;
        try
        {
            var exitCode = await parsed.InvokeAsync(
                new InvocationConfiguration
                {
                    // The help that follows an error is no answer.
                    Output = isWrong ? error : answer,
                    Error = error,
                    EnableDefaultExceptionHandler = false,
                    // A write to Infobip is waited for, whoever presses Ctrl+C.
                    ProcessTerminationTimeout = LongestWrite,
                }
            );
            return isWrong ? VerbExit.WrongUsage : exitCode;
        }
        catch (Exception exception) when (Explain(exception) is { Count: > 0 } reasons)
        {
            foreach (var reason in reasons)
            {
                await error.WriteLineAsync(reason);
            }

            return args is [InfobipVerbs.Name, ..] ? SetupExit.NotRun : VerbExit.Refused;
        }
    }

    private static WebApplication Build(
        WebApplicationBuilder builder,
        Action<IServiceCollection> change
    )
    {
        builder.AddOtp2fa();
        builder.Services.AddUserDesk();
        // No command makes or checks a code: without these nothing asks for the settings of Infobip.
        builder.Services.PostConfigure<IdentityOptions>(identity =>
            identity.Tokens.ProviderMap.Clear()
        );
        change(builder.Services);
        return builder.Build();
    }

    private static IReadOnlyList<string> Explain(Exception exception) =>
        exception switch
        {
            AccountGoneException => ["The account was deleted meanwhile."],
            // Reads alone are cancelled, and they come before every change.
            OperationCanceledException => ["Given up. Nothing was changed."],
            DbException or DbUpdateException =>
            [
                $"The database failed ({exception.GetBaseException().GetType().Name}). Look at the account with users show before you try again.",
            ],
            _ => StartupFailures.Explain(exception),
        };
}

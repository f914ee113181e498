using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Otp2fa.Web.Composition;
using Otp2fa.Web.Tests.Rules;
using Otp2fa.Web.Tests.Support;

namespace Otp2fa.Web.Tests.Site;

/// <param name="ExitCode">0 done, 1 could not be done, 2 wrong usage.</param>
/// <param name="Output">What was done.</param>
/// <param name="Error">Why it was not; in a process the log, too.</param>
internal sealed record OperatorAnswer(int ExitCode, string Output, string Error)
{
    public IReadOnlyList<string> Lines => Output.Split('\n', StringSplitOptions.TrimEntries);

    public OperatorAnswer ShouldBeDone()
    {
        Assert.True(ExitCode == 0, $"Exit code {ExitCode}:\n{Output}\n{Error}");
        return this;
    }
}

/// <summary>Somebody at the console of the machine that the site runs on.</summary>
internal static class Operator
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    private static string ContentRoot => Path.Combine(Repository.Root, "Otp2fa.Web");

    /// <summary>What the program does for a command line, in this process.</summary>
    public static async Task<OperatorAnswer> RunAsync(
        IReadOnlyDictionary<string, string?> settings,
        Action<IServiceCollection> services,
        string[] args,
        TextReader? input = null
    )
    {
        Assert.True(OperatorVerbs.AreAskedFor(args), "That command line starts the site.");
        await using StringWriter output = new(),
            error = new();
        var exitCode = await OperatorVerbs.RunAsync(
            args,
            () =>
            {
                var builder = BuiltSite.NewBuilder(
                    settings.GetValueOrDefault("environment") ?? "Development",
                    ContentRoot,
                    from setting in settings
                    where setting.Value is not null
                    select $"{setting.Key}={setting.Value}"
                );
                services(builder.Services);
                return builder;
            },
            input ?? TextReader.Null,
            output,
            error
        );
        return new OperatorAnswer(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>The program itself, with its settings in the environment.</summary>
    public static async Task<OperatorAnswer> RunProcessAsync(
        IReadOnlyDictionary<string, string?> settings,
        string[] args,
        Func<Task<string>>? answer = null
    )
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // Nobody is there to answer a question, unless the test is.
            RedirectStandardInput = true,
            WorkingDirectory = ContentRoot,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Otp2fa.Web.dll"));
        foreach (var arg in args)
        {
            start.ArgumentList.Add(arg);
        }

        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        foreach (var (key, value) in settings)
        {
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (answer is not null)
        {
            await process.StandardInput.WriteLineAsync(await answer());
        }

        process.StandardInput.Close();
        using var patience = new CancellationTokenSource(Longest);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }

        return new OperatorAnswer(process.ExitCode, await output, await error);
    }
}

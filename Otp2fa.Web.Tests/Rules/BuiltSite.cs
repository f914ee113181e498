using Microsoft.AspNetCore.Builder;
using Otp2fa.Web.Composition;

namespace Otp2fa.Web.Tests.Rules;

/// <summary>The whole application as the program builds it, in any environment, with settings as arguments.</summary>
internal sealed class BuiltSite : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("otp2fa-start-");

    /// <param name="environment">Its name.</param>
    /// <param name="settings">Lines of <c>Key=value</c>; <c>{folder}</c> stands for the site's own.</param>
    public BuiltSite(string environment, params IEnumerable<string> settings)
    {
        var builder = NewBuilder(
            environment,
            folder.FullName,
            settings.Select(line =>
                line.Replace("{folder}", folder.FullName, StringComparison.Ordinal)
            )
        );
        builder.AddOtp2fa();
        App = builder.Build();
    }

    public WebApplication App { get; }

    public static WebApplicationBuilder NewBuilder(
        string environment,
        string contentRoot,
        IEnumerable<string> settings
    ) =>
        WebApplication.CreateBuilder(
            new WebApplicationOptions
            {
                ApplicationName = "Otp2fa.Web",
                EnvironmentName = environment,
                ContentRootPath = contentRoot,
                Args = [.. settings.Select(line => $"--{line}")],
            }
        );

    /// <summary>Starts it and gives the sentences that the program would print, or nothing if it started.</summary>
    public async Task<IReadOnlyList<string>> StartAsync()
    {
        try
        {
            App.UseOtp2fa();
            await App.StartAsync();
            return [];
        }
        catch (Exception exception)
            when (StartupFailures.Explain(exception) is { Count: > 0 } reasons)
        {
            return reasons;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        folder.Delete(recursive: true);
    }
}

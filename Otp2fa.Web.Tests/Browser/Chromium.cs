using System.Runtime.CompilerServices;
using Microsoft.Playwright;
using Otp2fa.Web.Tests.Site;

namespace Otp2fa.Web.Tests.RealBrowser;

/// <summary>
/// The one Chromium of all browser tests, started by the first that needs it. Every visit has a context and a site of
/// its own.
/// </summary>
public sealed class Chromium : IAsyncLifetime
{
    private readonly SemaphoreSlim starting = new(1);
    private IPlaywright? playwright;
    private IBrowser? browser;

    /// <summary>Why browser tests cannot run here; null when they can, or when they have to.</summary>
    public static string? WhyNot =>
        File.Exists(Executable)
        || Environment.GetEnvironmentVariable("OTP2FA_REQUIRE_BROWSER") == "1"
            ? null
            : $"no Chromium at {Executable}";

    private static string Executable =>
        Environment.GetEnvironmentVariable("OTP2FA_CHROMIUM") is { Length: > 0 } path
            ? path
            : "/usr/bin/chromium";

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        playwright?.Dispose();
        starting.Dispose();
    }

    /// <summary>
    /// Visits a new site. A visit that fails leaves a picture and a trace of itself behind; one that goes well must have
    /// left nothing in the console.
    /// </summary>
    internal async Task VisitAsync(
        Look look,
        Func<Visit, Task> story,
        (string Key, string? Value)[]? settings = null,
        [CallerMemberName] string test = ""
    )
    {
        var chromium = await StartAsync();
        await using var site = await TestSite.StartOnPortAsync(settings ?? []);
        await using var context = await chromium.NewContextAsync(look.ToContext());
        await context.Tracing.StartAsync(new() { Screenshots = true, Snapshots = true });
        var visit = new Visit(site, look, context, await context.NewPageAsync());
        try
        {
            await story(visit);
            visit.ShouldHaveACleanConsole();
        }
        catch
        {
            await visit.KeepEvidenceAsync(test);
            throw;
        }
    }

    private async Task<IBrowser> StartAsync()
    {
        await starting.WaitAsync();
        try
        {
            if (!File.Exists(Executable))
            {
                throw new InvalidOperationException(
                    $"OTP2FA_REQUIRE_BROWSER is 1, but there is no Chromium at {Executable}. "
                        + "Install it, or name it in OTP2FA_CHROMIUM."
                );
            }

            playwright ??= await Playwright.CreateAsync();
            return browser ??= await playwright.Chromium.LaunchAsync(
                new()
                {
                    ExecutablePath = Executable,
                    Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
                }
            );
        }
        finally
        {
            starting.Release();
        }
    }
}

using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Otp2fa.Web.Accounts;
using Otp2fa.Web.Composition;
using Otp2fa.Web.Data;
using Otp2fa.Web.Infobip;
using Otp2fa.Web.Limits;
using Otp2fa.Web.Mail;
using Otp2fa.Web.TwoFactor;

namespace Otp2fa.Web.Tests.Units.Settings;

/// <summary>What the site says of settings, asked of the validators as they are registered.</summary>
internal static class Validation
{
    /// <summary>Every sentence that stops the start, for settings given as <c>Key=value</c> lines.</summary>
    public static IReadOnlyList<string> Of<TOptions>(
        string environment,
        params IEnumerable<string> settings
    )
        where TOptions : class => Of<TOptions>(environment, settings, _ => { });

    public static IReadOnlyList<string> Of<TOptions>(
        string environment,
        IEnumerable<string> settings,
        Action<IServiceCollection> more
    )
        where TOptions : class
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(
                settings
                    .Select(line => line.Split('=', 2))
                    .Select(pair => KeyValuePair.Create(pair[0], (string?)pair[1]))
            )
            .Build();
        var host = new NamedEnvironment(environment);
        var services = new ServiceCollection()
            .AddSingleton<IConfiguration>(configuration)
            .AddSingleton<IHostEnvironment>(host)
            .AddLogging()
            .AddData(configuration, host)
            .AddLimits()
            .AddTwoFactor()
            .AddInfobip()
            .AddMail()
            .AddAccounts()
            .AddForwarding();
        more(services);
        using var provider = services.BuildServiceProvider();
        try
        {
            _ = provider.GetRequiredService<IOptions<TOptions>>().Value;
            return [];
        }
        catch (OptionsValidationException exception)
        {
            return [.. exception.Failures];
        }
    }

    private sealed class NamedEnvironment(string name) : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = name;
        public string ApplicationName { get; set; } = "Otp2fa.Web";
        public string ContentRootPath { get; set; } = AppContext.BaseDirectory;
        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}

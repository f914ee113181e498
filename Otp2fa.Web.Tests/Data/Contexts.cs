using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Otp2fa.Web.Accounts;
using Otp2fa.Web.Data;
using Otp2fa.Web.Mail;
using Otp2fa.Web.TwoFactor;

namespace Otp2fa.Web.Tests.Data;

/// <summary>The contexts as the running site and as <c>dotnet ef</c> make them.</summary>
internal static class Contexts
{
    public static Otp2faDbContext AtDesignTime(DatabaseProvider provider) =>
        provider switch
        {
            DatabaseProvider.Sqlite => new SqliteDesignTimeContext().CreateDbContext([]),
            DatabaseProvider.SqlServer => new SqlServerDesignTimeContext().CreateDbContext([]),
        };

    /// <summary>The data services of one instance of the site in Development.</summary>
    public static ServiceProvider Instance(
        DatabaseProvider provider,
        string connection,
        params IEnumerable<(string Key, string? Value)> settings
    )
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([
                KeyValuePair.Create("Database:Provider", (string?)provider.ToString()),
                KeyValuePair.Create("ConnectionStrings:Otp2fa", (string?)connection),
                .. settings.Select(s => KeyValuePair.Create(s.Key, s.Value)),
            ])
            .Build();
        var host = new DevelopmentHost();
        return new ServiceCollection()
            .AddSingleton<IConfiguration>(configuration)
            .AddSingleton<IHostEnvironment>(host)
            .AddLogging()
            .AddData(configuration, host)
            .AddTwoFactor()
            .AddMail()
            .AddAccounts()
            .BuildServiceProvider();
    }

    private sealed class DevelopmentHost : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = Environments.Development;
        public string ApplicationName { get; set; } = "Otp2fa.Web";
        public string ContentRootPath { get; set; } = AppContext.BaseDirectory;
        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}

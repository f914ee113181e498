using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Otp2fa.Web.Data;

internal static class DataRegistration
{
    public static IServiceCollection AddData(
        this IServiceCollection services,
        IConfiguration configuration,
        IHostEnvironment environment
    )
    {
        services.TryAddSingleton(TimeProvider.System);
        services
            .AddOptions<DatabaseOptions>()
            .BindConfiguration(DatabaseOptions.Section)
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<DatabaseOptions>, DatabaseOptionsValidator>();
        services
            .AddOptions<SecurityOptions>()
            .BindConfiguration(SecurityOptions.Section)
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<SecurityOptions>, SecurityOptionsValidator>();
        services.AddSingleton<HashKey>();
        services.AddSingleton<KeyedHash>();
        services.AddScoped<SecurityHistory>();
        // By itself, too: an operator's command prepares the database and starts nothing else.
        services.AddSingleton<DatabasePreparation>();
        services.AddHostedService(provider => provider.GetRequiredService<DatabasePreparation>());

        var connection = configuration.GetConnectionString(DatabaseOptions.ConnectionName);
        if (
            // What cannot be read is told by the check of the settings; not every command needs a database.
            Enum.TryParse<DatabaseProvider>(
                configuration[$"{DatabaseOptions.Section}:Provider"],
                ignoreCase: true,
                out var provider
            )
            && provider == DatabaseProvider.SqlServer
        )
        {
            services.AddDbContextPool<Otp2faDbContext, SqlServerOtp2faDbContext>(options =>
                options.UseSqlServer(connection)
            );
        }
        else
        {
            services.AddDbContextPool<Otp2faDbContext, SqliteOtp2faDbContext>(options =>
                options.UseSqlite(
                    string.IsNullOrWhiteSpace(connection)
                        ? $"Data Source={Path.Combine(environment.ContentRootPath, "otp2fa.db")}"
                        : connection
                )
            );
        }

        // One ring and one name for all instances: a cookie made by one is read by all.
        services
            .AddDataProtection()
            .SetApplicationName("Otp2fa")
            .PersistKeysToDbContext<Otp2faDbContext>()
            .ProtectKeys(configuration);
        return services;
    }

    // What cannot be loaded is told by the check of the settings, before anything asks for a key.
    private static void ProtectKeys(this IDataProtectionBuilder ring, IConfiguration configuration)
    {
        var section = configuration.GetSection(SecurityOptions.Section);
        var options = new SecurityOptions
        {
            KeyRingCertificate = section[nameof(SecurityOptions.KeyRingCertificate)],
            KeyRingCertificatePassword = section[
                nameof(SecurityOptions.KeyRingCertificatePassword)
            ],
        };
        section
            .GetSection(nameof(SecurityOptions.FormerKeyRingCertificates))
            .Bind(options.FormerKeyRingCertificates);
        var certificates = KeyRingCertificates.Load(options);
        if (certificates.Current is { } current)
        {
            ring.ProtectKeysWithCertificate(current);
        }

        if (certificates.Former is [_, ..] former)
        {
            ring.UnprotectKeysWithAnyCertificate([.. former]);
        }
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Otp2fa.Web.Data;

/// <summary>The embedded database of development and small sites.</summary>
public sealed class SqliteOtp2faDbContext(DbContextOptions<SqliteOtp2faDbContext> options)
    : Otp2faDbContext(options)
{
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTicks>();

    /// <summary>The SQLite provider can neither compare nor order a DateTimeOffset; UTC ticks it can.</summary>
    private sealed class UtcTicks()
        : ValueConverter<DateTimeOffset, long>(
            value => value.UtcTicks,
            ticks => new DateTimeOffset(ticks, TimeSpan.Zero)
        );
}

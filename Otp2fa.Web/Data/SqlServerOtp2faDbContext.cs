using Microsoft.EntityFrameworkCore;

namespace Otp2fa.Web.Data;

/// <summary>The production database.</summary>
public sealed class SqlServerOtp2faDbContext(DbContextOptions<SqlServerOtp2faDbContext> options)
    : Otp2faDbContext(options);

using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Otp2fa.Web.Data;

/// <summary>
/// Everything that instances share: accounts, key ring, tickets, challenges, limits, sessions. One derived context per database
/// provider carries that provider's migrations and type mappings.
/// </summary>
public abstract class Otp2faDbContext(DbContextOptions options)
    : IdentityDbContext<ApplicationUser, IdentityRole, string>(options),
        IDataProtectionKeyContext
{
    public DbSet<PinChallenge> PinChallenges => Set<PinChallenge>();

    public DbSet<PendingTicket> PendingTickets => Set<PendingTicket>();

    public DbSet<UserSession> Sessions => Set<UserSession>();

    public DbSet<LimitUse> LimitUses => Set<LimitUse>();

    public DbSet<RecoveryCode> RecoveryCodes => Set<RecoveryCode>();

    public DbSet<ShownRecoveryCodes> ShownRecoveryCodes => Set<ShownRecoveryCodes>();

    public DbSet<RememberedBrowser> RememberedBrowsers => Set<RememberedBrowser>();

    public DbSet<SecurityEvent> SecurityEvents => Set<SecurityEvent>();

    public DbSet<OutboxMail> OutboxMails => Set<OutboxMail>();

    public DbSet<FormerAddress> FormerAddresses => Set<FormerAddress>();

    public DbSet<ServerSecret> ServerSecrets => Set<ServerSecret>();

    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(Otp2faDbContext).Assembly);
    }
}

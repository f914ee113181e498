using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Otp2fa.Web.Data.Configurations;

internal sealed class PendingTicketConfiguration : IEntityTypeConfiguration<PendingTicket>
{
    public void Configure(EntityTypeBuilder<PendingTicket> builder)
    {
        builder.HasKey(t => t.KeyHash);
        builder.Property(t => t.KeyHash).HasMaxLength(32);
        builder.Property(t => t.Scheme).HasMaxLength(64);
        builder.HasIndex(t => t.ExpiresUtc);
        builder
            .HasOne<ApplicationUser>()
            .WithMany()
            .HasForeignKey(t => t.UserId)
            .OnDelete(DeleteBehavior.Cascade);
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Otp2fa.Web.Data.Configurations;

internal sealed class SecurityEventConfiguration : IEntityTypeConfiguration<SecurityEvent>
{
    public void Configure(EntityTypeBuilder<SecurityEvent> builder)
    {
        builder.ToTable("SecurityEvents");
        builder.HasKey(e => e.Id);
        builder.Property(e => e.Detail).HasMaxLength(SecurityHistory.LongestDetail);
        builder.Property(e => e.Browser).HasMaxLength(64);
        builder.Property(e => e.Network).HasMaxLength(64);
        builder.HasIndex(e => new { e.UserId, e.Id });
        builder.HasIndex(e => e.AtUtc);
        builder
            .HasOne<ApplicationUser>()
            .WithMany()
            .HasForeignKey(e => e.UserId)
            .OnDelete(DeleteBehavior.Cascade);
    }
}

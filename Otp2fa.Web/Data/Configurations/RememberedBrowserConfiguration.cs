using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Otp2fa.Web.Data.Configurations;

internal sealed class RememberedBrowserConfiguration : IEntityTypeConfiguration<RememberedBrowser>
{
    public void Configure(EntityTypeBuilder<RememberedBrowser> builder)
    {
        builder.ToTable("RememberedBrowsers");
        builder.HasKey(b => b.Id);
        builder.Property(b => b.KeyHash).HasMaxLength(32);
        builder.Property(b => b.StampHash).HasMaxLength(32);
        builder.Property(b => b.Browser).HasMaxLength(64);
        builder.HasIndex(b => new { b.KeyHash, b.UserId }).IsUnique();
        builder.HasIndex(b => b.ExpiresUtc);
        builder
            .HasOne<ApplicationUser>()
            .WithMany()
            .HasForeignKey(b => b.UserId)
            .OnDelete(DeleteBehavior.Cascade);
    }
}

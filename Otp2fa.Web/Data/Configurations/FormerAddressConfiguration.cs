using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Otp2fa.Web.Data.Configurations;

internal sealed class FormerAddressConfiguration : IEntityTypeConfiguration<FormerAddress>
{
    public void Configure(EntityTypeBuilder<FormerAddress> builder)
    {
        builder.ToTable("FormerAddresses");
        builder.HasKey(a => a.Id);
        builder.Property(a => a.Address).HasMaxLength(OutboxMail.LongestAddress);
        builder.HasIndex(a => new { a.UserId, a.Id });
        builder.HasIndex(a => a.ExpiresUtc);
        builder
            .HasOne<ApplicationUser>()
            .WithMany()
            .HasForeignKey(a => a.UserId)
            .OnDelete(DeleteBehavior.Cascade);
    }
}

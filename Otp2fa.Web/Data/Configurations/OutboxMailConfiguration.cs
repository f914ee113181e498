using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Otp2fa.Web.Data.Configurations;

internal sealed class OutboxMailConfiguration : IEntityTypeConfiguration<OutboxMail>
{
    public void Configure(EntityTypeBuilder<OutboxMail> builder)
    {
        builder.ToTable("OutboxMails");
        builder.HasKey(m => m.Id);
        builder.Property(m => m.To).HasMaxLength(OutboxMail.LongestAddress);
        builder.Property(m => m.ReturnUrl).HasMaxLength(OutboxMail.LongestReturnUrl);
        builder.Property(m => m.MessageKey).HasMaxLength(32);
        builder.HasIndex(m => new { m.SetAsideUtc, m.NotBeforeUtc });
        builder.HasIndex(m => m.To);
        // No key to the event: two ways of deleting one row are one too many for SQL Server.
        builder
            .HasOne<ApplicationUser>()
            .WithMany()
            .HasForeignKey(m => m.UserId)
            .OnDelete(DeleteBehavior.Cascade);
    }
}

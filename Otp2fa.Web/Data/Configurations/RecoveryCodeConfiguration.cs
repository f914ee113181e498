using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Otp2fa.Web.Data.Configurations;

internal sealed class RecoveryCodeConfiguration : IEntityTypeConfiguration<RecoveryCode>
{
    public void Configure(EntityTypeBuilder<RecoveryCode> builder)
    {
        builder.HasKey(c => c.Id);
        builder.Property(c => c.CodeHash).HasMaxLength(32);
        builder.HasIndex(c => new { c.UserId, c.CodeHash }).IsUnique();
        builder
            .HasOne<ApplicationUser>()
            .WithMany()
            .HasForeignKey(c => c.UserId)
            .OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class ShownRecoveryCodesConfiguration : IEntityTypeConfiguration<ShownRecoveryCodes>
{
    public void Configure(EntityTypeBuilder<ShownRecoveryCodes> builder)
    {
        builder.ToTable("ShownRecoveryCodes");
        builder.HasKey(c => c.SessionId);
        builder.Property(c => c.SessionId).ValueGeneratedNever();
        builder.HasIndex(c => c.ExpiresUtc);
        builder
            .HasOne<UserSession>()
            .WithOne()
            .HasForeignKey<ShownRecoveryCodes>(c => c.SessionId)
            .OnDelete(DeleteBehavior.Cascade);
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Otp2fa.Web.Data.Configurations;

internal sealed class PinChallengeConfiguration : IEntityTypeConfiguration<PinChallenge>
{
    public void Configure(EntityTypeBuilder<PinChallenge> builder)
    {
        builder.HasKey(c => c.Id);
        builder.Property(c => c.PhoneHash).HasMaxLength(32);
        builder.Property(c => c.StampHash).HasMaxLength(32);
        builder.Property(c => c.AttemptHash).HasMaxLength(32);
        builder.Property(c => c.PinIdHash).HasMaxLength(32);
        builder.HasIndex(c => new
        {
            c.UserId,
            c.Purpose,
            c.Id,
        });
        builder.Property(c => c.Country).HasMaxLength(3);
        builder.HasIndex(c => c.ExpiresUtc);
        builder.HasIndex(c => c.IssuedUtc);
        builder
            .HasOne<ApplicationUser>()
            .WithMany()
            .HasForeignKey(c => c.UserId)
            .OnDelete(DeleteBehavior.Cascade);
    }
}

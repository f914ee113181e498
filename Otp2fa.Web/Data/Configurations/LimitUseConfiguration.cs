using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Otp2fa.Web.Data.Configurations;

internal sealed class LimitUseConfiguration : IEntityTypeConfiguration<LimitUse>
{
    public void Configure(EntityTypeBuilder<LimitUse> builder)
    {
        builder.HasKey(u => new
        {
            u.Rule,
            u.KeyHash,
            u.Number,
        });
        builder.Property(u => u.KeyHash).HasMaxLength(32);
        builder.Property(u => u.ItemHash).HasMaxLength(32);
        builder.Property(u => u.Number).ValueGeneratedNever();
        builder.HasIndex(u => new
        {
            u.Rule,
            u.KeyHash,
            u.UsedUtc,
        });
        builder.HasIndex(u => u.ExpiresUtc);
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Otp2fa.Web.Data.Configurations;

internal sealed class ApplicationUserConfiguration : IEntityTypeConfiguration<ApplicationUser>
{
    // E.164 has 16 characters at most; an index needs an end, and an import may hold anything.
    private const int LongestNumber = 64;

    // 20 bytes and what the key ring adds.
    private const int LongestProtectedKey = 512;

    public void Configure(EntityTypeBuilder<ApplicationUser> builder)
    {
        builder.Property(u => u.PhoneNumber).HasMaxLength(LongestNumber);
        builder.Property(u => u.AuthenticatorKey).HasMaxLength(LongestProtectedKey);
        // Identity saves the whole row, as it was when it was read. These change by statements of their own only.
        foreach (
            var name in (string[])
                [
                    nameof(ApplicationUser.TwoFactorEnabled),
                    nameof(ApplicationUser.PhoneNumber),
                    nameof(ApplicationUser.PhoneNumberConfirmed),
                    nameof(ApplicationUser.PhoneNumberPlace),
                    nameof(ApplicationUser.WrongCodesInARow),
                    nameof(ApplicationUser.AuthenticatorKey),
                    nameof(ApplicationUser.AuthenticatorStep),
                    nameof(ApplicationUser.WrongAppCodesInARow),
                    nameof(ApplicationUser.PreferredFactor),
                ]
        )
        {
            builder.Property(name).Metadata.SetAfterSaveBehavior(PropertySaveBehavior.Ignore);
        }

        builder.HasIndex(u => new { u.PhoneNumber, u.PhoneNumberPlace }).IsUnique();
    }
}

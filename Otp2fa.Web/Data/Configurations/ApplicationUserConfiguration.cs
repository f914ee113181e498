using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Otp2fa.Web.Data.Configurations;

internal sealed class ApplicationUserConfiguration : IEntityTypeConfiguration<ApplicationUser>
{
    // E.164 has 16 characters at most; an index needs an end, and an import may hold anything.
    private const int LongestNumber = 64;

    public void Configure(EntityTypeBuilder<ApplicationUser> builder)
    {
        builder.Property(u => u.PhoneNumber).HasMaxLength(LongestNumber);
        // Identity saves the whole row, as it was when it was read. These two change by statements of their own only.
        builder
            .Property(u => u.PhoneNumberPlace)
            .Metadata.SetAfterSaveBehavior(PropertySaveBehavior.Ignore);
        builder
            .Property(u => u.WrongCodesInARow)
            .Metadata.SetAfterSaveBehavior(PropertySaveBehavior.Ignore);
        builder.HasIndex(u => new { u.PhoneNumber, u.PhoneNumberPlace }).IsUnique();
    }
}

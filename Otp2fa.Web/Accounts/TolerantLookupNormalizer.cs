using Microsoft.AspNetCore.Identity;

namespace Otp2fa.Web.Accounts;

/// <summary>
/// Identity's normalizer, which throws for text that is not well-formed Unicode. Such a name belongs to nobody, and is
/// looked up and refused like any other.
/// </summary>
internal sealed class TolerantLookupNormalizer : ILookupNormalizer
{
    private static readonly UpperInvariantLookupNormalizer Inner = new();

    public string? NormalizeName(string? name) => Normalize(name, Inner.NormalizeName);

    public string? NormalizeEmail(string? email) => Normalize(email, Inner.NormalizeEmail);

    private static string? Normalize(string? text, Func<string?, string?> normalize)
    {
        try
        {
            return normalize(text);
        }
        catch (ArgumentException)
        {
            return text?.ToUpperInvariant();
        }
    }
}

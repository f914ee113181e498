using System.Globalization;
using System.Security.Cryptography;

namespace Otp2fa.Web.TwoFactor;

/// <summary>
/// A recovery code in its one form: 20 characters of a 32 letter alphabet without I, L, O and U, 100 random bits (ASVS
/// 6.5.2). Never prints itself.
/// </summary>
public sealed class RecoveryCodeText
{
    private const int Length = 20;
    private const int GroupLength = 5;
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private RecoveryCodeText(string characters) => Characters = characters;

    /// <summary>What is hashed.</summary>
    internal string Characters { get; }

    /// <summary>In groups of five, as people read it: <c>7K2QX-…</c>.</summary>
    public string ToGroups() =>
        string.Join('-', Characters.Chunk(GroupLength).Select(group => new string(group)));

    internal static RecoveryCodeText Draw() =>
        new(new string(RandomNumberGenerator.GetItems<char>(Alphabet, Length)));

    /// <summary>Takes it in any case, with spaces and dashes anywhere, and nothing else.</summary>
    /// <returns>Null for what is no recovery code.</returns>
    public static RecoveryCodeText? Parse(string? text)
    {
        if (text is null)
        {
            return null;
        }

        Span<char> characters = stackalloc char[Length];
        var count = 0;
        foreach (var c in text)
        {
            if (
                char.IsWhiteSpace(c)
                || char.GetUnicodeCategory(c) == UnicodeCategory.DashPunctuation
            )
            {
                continue;
            }

            // Only the letters a to z have a case here; other scripts' look-alikes are something else.
            var upper = char.IsAsciiLetterLower(c) ? (char)(c - 'a' + 'A') : c;
            if (count == Length || !Alphabet.Contains(upper, StringComparison.Ordinal))
            {
                return null;
            }

            characters[count++] = upper;
        }

        return count == Length ? new RecoveryCodeText(new string(characters)) : null;
    }

    public override string ToString() => "recovery code";
}

using Otp2fa.Web.Accounts;

namespace Otp2fa.Web.Tests.Units.Accounts;

[Trait("Covers", "R03")]
[Trait("Covers", "R04")]
public sealed class CommonPasswordsTests
{
    [Theory]
    [InlineData("passwordpassword")]
    [InlineData("Password12345678")]
    [InlineData("P@ssw0rdP@ssw0rd")]
    [InlineData("iloveyouiloveyou")]
    [InlineData("123456789012345")]
    [InlineData("1234567890123456789")]
    [InlineData("qwertyuiopasdfgh")]
    [InlineData("qwertyuiop[]\\123")]
    [InlineData("aaaaaaaaaaaaaaaa")]
    [InlineData("abcdefghijklmnop")]
    [InlineData("1qaz2wsx3edc4rfv")]
    [InlineData("Summer2026Summer2026")]
    [InlineData("welcome-welcome-1")]
    [InlineData("liverpoolliverpool!!")]
    [InlineData("letmein letmein letmein")]
    [InlineData("otp2fa otp2fa otp2fa")]
    [InlineData("zz987654321987654321")]
    public void A_password_that_is_tried_first_is_one(string password)
    {
        Assert.True(CommonPasswords.Contains(password, ["otp2fa"]));
    }

    [Theory]
    [InlineData("correct horse battery staple")]
    [InlineData("dragon sunshine monkey princess")]
    [InlineData("gnat umbra quoin fjord")]
    [InlineData("kX9#mQ2$vL7@pR4!")]
    [InlineData("la vie est un long fleuve")]
    [InlineData("passwordvzqhxtmw")]
    public void A_password_of_several_words_or_of_no_word_is_none(string password)
    {
        Assert.False(CommonPasswords.Contains(password, ["otp2fa"]));
    }

    /// <summary>ASVS 6.2.4 wants the 3000 most common of those that fit; these are made as people make them.</summary>
    [Fact]
    public void Thousands_of_the_usual_ones_of_fifteen_characters_and_more_are_refused()
    {
        string[] words =
        [
            "password",
            "iloveyou",
            "princess",
            "football",
            "baseball",
            "sunshine",
            "superman",
            "michelle",
            "jennifer",
            "computer",
            "internet",
            "welcome",
            "charlie",
            "liverpool",
            "starwars",
        ];
        var endings = Enumerable.Range(0, 20).Select(i => $"{i}").Append("!").Append("123456789");
        var passwords = words
            .SelectMany(first =>
                words.SelectMany(second => endings.Select(end => first + second + end))
            )
            .Where(password => password.Length >= PasswordRules.MinimumLength)
            .Distinct(StringComparer.Ordinal)
            .ToList();

        Assert.True(passwords.Count > 3000, $"Only {passwords.Count}.");
        Assert.DoesNotContain(passwords, password => !CommonPasswords.Contains(password, []));
    }

    /// <summary>The longest texts with the most ways to read them: a search without memory would not come back.</summary>
    [Theory]
    [InlineData("thethatthisthe")]
    [InlineData("aabbaabb")]
    [InlineData("onetwothreefour")]
    public void A_hostile_password_is_judged_too(string part)
    {
        var password = string.Concat(Enumerable.Repeat(part, 20))[..123] + "\u00e9\u00e8\u00e0";

        Assert.False(CommonPasswords.Contains(password, []));
    }
}

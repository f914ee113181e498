using System.Net;
using System.Text;
using FsCheck;
using FsCheck.Xunit;
using Otp2fa.Web.Tests.Site;
using Otp2fa.Web.TwoFactor;

namespace Otp2fa.Web.Tests.Scenarios;

/// <summary>What anybody may send, made up by the hundred: no address outside, no failure of ours, nothing that is no code taken for one.</summary>
[Trait("Covers", "R27")]
[Trait("Covers", "R30")]
[Trait("Covers", "R31")]
public sealed class HostileInputProperties : IAsyncLifetime
{
    private const string Login = "/Identity/Account/Login";

    private static readonly string[] AddressParts =
    [
        "/",
        "\\",
        "//",
        "http:",
        "https:",
        "javascript:",
        "data:",
        "evil.example",
        "localhost",
        "%2f",
        "%5c",
        "%0d%0a",
        "\t",
        "\r\n",
        " ",
        "@",
        "?",
        "#",
        ":",
        ".",
        "..",
        "~",
        "\u202e",
        "\u2215",
        "\ud83d\ude00",
        "a",
        "Privacy",
    ];

    private static readonly string[] FormParts =
    [
        "Input.Email=",
        "Input.Password=",
        "Input.RememberMe=",
        "Input[Email]=",
        "__RequestVerificationToken=",
        "ReturnUrl=",
        "a@b.example",
        "true",
        "maybe",
        "%",
        "%zz",
        "%00",
        "%ff%fe",
        "%f0%9f%98%80",
        "&",
        "&&",
        "=",
        "+",
        "[]",
        "[0].",
        "<script>",
        "' or 1=1--",
        "../../etc/passwd",
        "\u0000",
        "{{7*7}}",
        "x",
    ];

    private TestSite site = null!;
    private Person person = null!;

    public async Task InitializeAsync()
    {
        site = await TestSite.StartAsync();
        person = Person.New();
        await site.NewBrowser().RegisterAsync(person);
    }

    public async Task DisposeAsync()
    {
        site.ShouldHaveLoggedNoError();
        await site.DisposeAsync();
    }

    [Property(MaxTest = 150)]
    public async Task Wherever_a_sign_in_is_to_lead_it_stays_on_the_site(NonNegativeInt[] parts)
    {
        var wanted = Text(AddressParts, parts);
        var browser = site.NewBrowser();
        var page = await browser.GoAsync($"{Login}?ReturnUrl={Uri.EscapeDataString(wanted)}");

        var answer = await browser.PostAsync(
            page,
            "#account",
            ("Input.Email", person.Email),
            ("Input.Password", person.Password)
        );

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        var target = answer.Headers.GetValues("Location").Single();
        Assert.True(
            target.StartsWith('/')
                && !target.StartsWith("//", StringComparison.Ordinal)
                && !target.StartsWith("/\\", StringComparison.Ordinal)
                && !target.Any(char.IsControl)
                && new Uri(site.Host.Origin, target).Host == site.Host.Origin.Host,
            $"'{wanted}' leads to '{target}'"
        );
    }

    [Property(MaxTest = 300)]
    public async Task Whatever_a_form_holds_the_answer_is_no_failure_of_ours(NonNegativeInt[] parts)
    {
        var browser = site.NewBrowser();
        await browser.GoAsync(Login);
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(site.Host.Origin, Login))
        {
            Content = new StringContent(
                Text(FormParts, parts),
                Encoding.UTF8,
                "application/x-www-form-urlencoded"
            ),
        };

        var answer = await browser.SendAsync(request);

        Assert.InRange((int)answer.StatusCode, 200, 499);
    }

    [Property(MaxTest = 1000)]
    public void What_is_taken_for_a_code_is_its_digits_and_nothing_else(string? typed, bool isLong)
    {
        var digits = isLong ? 8 : 6;

        var parsed = PinCode.Parse(typed, digits);

        if (parsed.Pin is { } pin)
        {
            Assert.Equal(digits, pin.Digits.Length);
            Assert.All(pin.Digits, c => Assert.True(char.IsAsciiDigit(c)));
        }
        else
        {
            Assert.NotNull(parsed.Refusal);
        }
    }

    [Property(MaxTest = 300)]
    public void A_code_is_taken_with_spaces_and_hyphens_in_it_and_comes_to_the_same(
        NonNegativeInt number,
        NonNegativeInt[] places
    )
    {
        var digits = $"{number.Get % 1_000_000:000000}";
        var typed = digits;
        foreach (var place in places.Take(4))
        {
            typed = typed.Insert(place.Get % (typed.Length + 1), place.Get % 2 == 0 ? " " : "-");
        }

        Assert.Equal(digits, PinCode.Parse(typed, digits.Length).Pin?.Digits);
    }

    private static string Text(string[] from, NonNegativeInt[] parts) =>
        string.Concat(parts.Take(12).Select(part => from[part.Get % from.Length]));
}

using System.Net;
using System.Text.RegularExpressions;
using Otp2fa.Web.Tests.Support;

namespace Otp2fa.Web.Tests.Site;

/// <summary>Collects what a walk over the site must leave nowhere, and searches for it at the end.</summary>
internal sealed class Secrets(TestSite site)
{
    private readonly List<string> pins = [];
    private readonly HashSet<string> cookies = new(StringComparer.Ordinal);
    private readonly List<string> opened = [];

    /// <summary>The newest code of a person.</summary>
    public void KeepCode(Person person) => pins.Add(site.CodeOnPhone(person));

    public void KeepCode(string pin) => pins.Add(pin);

    /// <summary>What the browser holds now.</summary>
    public void KeepCookies(Browser browser)
    {
        foreach (Cookie cookie in browser.Cookies.GetAllCookies())
        {
            // Antiforgery's cookie is half of a pair whose other half stands in every form; the rest open something.
            if (
                cookie.Value.Length > 0
                && !cookie.Name.Contains("Antiforgery", StringComparison.Ordinal)
            )
            {
                cookies.Add(cookie.Value);
            }
        }
    }

    /// <summary>All cookies, and what the key ring would read in one of them.</summary>
    public void KeepCookies(Browser browser, string decrypted)
    {
        KeepCookies(browser);
        opened.Add(site.DecryptCookie(browser, decrypted));
    }

    /// <summary>Searches the log with its exceptions, telemetry, addresses, pages, decrypted cookies and the database.</summary>
    /// <param name="telemetry">What was measured meanwhile.</param>
    /// <param name="people">Whose passwords and numbers are searched for.</param>
    /// <param name="browsers">All that walked.</param>
    public async Task ShouldBeNowhereAsync(
        TelemetrySink telemetry,
        IReadOnlyCollection<Person> people,
        params Browser[] browsers
    )
    {
        var pinIds = site
            .Infobip.Calls.All.Select(call => call.PinId)
            .OfType<string>()
            .Distinct()
            .ToArray();
        Assert.True(
            pinIds.Length >= 2 && pins.Count >= 2 && cookies.Count >= 3 && opened.Count >= 2,
            "The walk kept too little to search for."
        );
        Assert.Contains(
            telemetry.Lines,
            line => line.StartsWith("trace ", StringComparison.Ordinal)
        );
        Assert.Contains(
            telemetry.Lines,
            line => line.StartsWith("metric ", StringComparison.Ordinal)
        );
        (string Text, string Where)[] places =
        [
            (string.Join('\n', site.Logs.Lines), "the log"),
            (string.Join('\n', telemetry.Lines), "telemetry"),
            (string.Join('\n', browsers.SelectMany(browser => browser.Visited)), "an address"),
            (string.Join('\n', browsers.SelectMany(browser => browser.Shown)), "a page"),
            (string.Join('\n', opened), "a decrypted cookie"),
            (await site.DumpDatabaseAsync(), "the database"),
        ];
        Assert.All(places, place => Assert.NotEqual("", place.Text));
        foreach (var (text, where) in places)
        {
            Assert.All(pins, pin => NumberAbsentFrom(pin, text, where));
            Assert.All(pinIds, pinId => AbsentFrom(pinId, text, where));
            Assert.All(people, person => AbsentFrom(person.Password, text, where));
            AbsentFrom("canary-api-key-5f1d", text, where);
        }

        foreach (var (text, where) in places[..4])
        {
            Assert.All(cookies, cookie => AbsentFrom(cookie, text, where));
        }

        // The owner's own pages and the account itself may hold the number.
        foreach (var (text, where) in places[..3])
        {
            Assert.All(people, person => AbsentFrom(person.Digits, text, where));
        }
    }

    // Not inside a longer run of digits: every six of them turn up in some timestamp or measurement sooner or later.
    private static void NumberAbsentFrom(string number, string text, string where)
    {
        var found = Regex.Match(
            text,
            $"(?<![0-9.]){number}(?![0-9])",
            RegexOptions.CultureInvariant,
            TimeSpan.FromMinutes(1)
        );
        AbsentAt(found.Success ? found.Index : -1, text, where);
    }

    private static void AbsentFrom(string secret, string text, string where) =>
        AbsentAt(text.IndexOf(secret, StringComparison.Ordinal), text, where);

    private static void AbsentAt(int at, string text, string where)
    {
        Assert.True(
            at < 0,
            $"A secret stands in {where}: …{(at < 0 ? "" : text.Substring(Math.Max(0, at - 200), Math.Min(400, text.Length - Math.Max(0, at - 200))))}…"
        );
    }
}

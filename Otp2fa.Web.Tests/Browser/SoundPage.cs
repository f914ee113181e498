using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Otp2fa.Web.Tests.RealBrowser;

/// <summary>The rules that every page keeps, on every screen.</summary>
internal static class SoundPage
{
    private static readonly AxeRunOptions Axe = new()
    {
        Rules = new Dictionary<string, RuleOptions>
        {
            // WCAG 2.2, off by default.
            ["target-size"] = new() { Enabled = true },
        },
    };

    public static async Task ShouldBeSoundAsync(this IPage page, Look look)
    {
        Assert.Equal("en", await page.Locator("html").GetAttributeAsync("lang"));
        Assert.NotEmpty(await page.TitleAsync());
        Assert.Equal(1, await page.Locator("h1").CountAsync());
        var tooWide = await page.EvaluateAsync<int>(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        );
        Assert.True(tooWide <= 0, $"{page.Url} is {tooWide} px wider than the screen.");
        if (look.Script)
        {
            // axe waits for timers of the page, which do not run without script.
            var found = await page.RunAxe(Axe);
            Assert.True(
                found.Violations.Length == 0,
                $"{page.Url}\n{string.Join('\n', found.Violations.Select(Describe))}"
            );
        }
    }

    private static string Describe(AxeResultItem violation) =>
        $"{violation.Impact} {violation.Id}: {violation.Help}\n  "
        + string.Join("\n  ", violation.Nodes.Select(node => node.Html));
}

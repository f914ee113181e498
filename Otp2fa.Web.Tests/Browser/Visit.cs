using System.Collections.Concurrent;
using Microsoft.Playwright;
using Otp2fa.Web.Tests.Site;
using static Microsoft.Playwright.Assertions;

namespace Otp2fa.Web.Tests.RealBrowser;

/// <summary>One person in front of one site: the page they see, and everything the browser complains about.</summary>
internal sealed class Visit
{
    // A feature that the site switches off, and that Chromium has on some platforms only.
    private const string UnknownHere = "Unrecognized feature: 'web-share'";

    private readonly ConcurrentQueue<string> complaints = new();
    private readonly ConcurrentQueue<string> wanted = new([UnknownHere]);
    private readonly ConcurrentQueue<string> posts = new();

    public Visit(TestSite site, Look look, IBrowserContext context, IPage page)
    {
        (Site, Look, Context, Page) = (site, look, context, page);
        // Refused styles and scripts of the content security policy show here too.
        context.Console += (_, message) =>
        {
            if (
                message.Type is "error" or "warning"
                && !wanted.Any(part => message.Text.Contains(part, StringComparison.Ordinal))
            )
            {
                complaints.Enqueue($"{message.Page?.Url}: {message.Text}");
            }
        };
        context.WebError += (_, error) => complaints.Enqueue($"{error.Page?.Url}: {error.Error}");
        context.Request += (_, request) =>
        {
            if (request.Method == "POST")
            {
                posts.Enqueue(new Uri(request.Url).AbsolutePath);
            }
        };
    }

    public TestSite Site { get; }

    public Look Look { get; }

    public IBrowserContext Context { get; }

    public IPage Page { get; }

    /// <summary>The paths this browser has posted to.</summary>
    public IReadOnlyCollection<string> Posts => posts;

    public Task<IResponse?> GoAsync(string path) =>
        Page.GotoAsync(new Uri(Site.Host.Origin, path).ToString());

    public ILocator Find(string selector) => Page.Locator(selector);

    /// <summary>Goes on with a cookie that another browser of this site was given.</summary>
    public Task TakeCookieAsync(Browser other, string name) =>
        Context.AddCookiesAsync([
            new Cookie
            {
                Name = name,
                Value = other.CookieValue(name)!,
                Url = Site.Host.Origin.ToString(),
            },
        ]);

    /// <summary>Waits until the page is the one at this path.</summary>
    public Task ShouldBeAtAsync(string path) =>
        Page.WaitForURLAsync(address => new Uri(address).AbsolutePath == path);

    public async Task PressAsync(string selector, string leadsTo)
    {
        await (Look.Phone ? Find(selector).TapAsync() : Find(selector).ClickAsync());
        await ShouldBeAtAsync(leadsTo);
    }

    /// <summary>Everything that holds for every page; and a picture of it is kept.</summary>
    public async Task ShouldBeSoundAsync(string name)
    {
        await Page.ScreenshotAsync(
            new() { Path = Artifacts.Screenshot(Look, name), FullPage = true }
        );
        await Page.ShouldBeSoundAsync(Look);
    }

    /// <summary>The browser complains about a page that is answered with an error; this one is wanted.</summary>
    public void WillAnswer(int status) => wanted.Enqueue($"status of {status} ");

    public void ShouldHaveACleanConsole() =>
        Assert.True(complaints.IsEmpty, string.Join('\n', complaints.Distinct()));

    public async Task KeepEvidenceAsync(string test)
    {
        try
        {
            await Context.Tracing.StopAsync(new() { Path = Artifacts.Failure(Look, test, "zip") });
            await Page.ScreenshotAsync(
                new() { Path = Artifacts.Failure(Look, test, "png"), FullPage = true }
            );
        }
        catch (PlaywrightException)
        {
            // A browser that is gone shows nothing more; the failure of the test itself must be seen.
        }
    }

    /// <summary>Waits for the errors at the top and at a field, which say the same.</summary>
    public async Task ShouldShowErrorsAsync()
    {
        var first = Find(".field-error >> nth=0");
        await Expect(first).ToBeVisibleAsync();
        await Expect(Find(".error-summary")).ToContainTextAsync(await first.InnerTextAsync());
    }

    public Task ShouldSayAsync(string sentence) =>
        Expect(Find("main")).ToContainTextAsync(sentence);
}

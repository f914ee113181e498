using System.Text;
using AngleSharp.Html.Dom;
using Otp2fa.Web.Tests.Site;

namespace Otp2fa.Web.Tests.Scenarios;

/// <summary>
/// Every form of every page, found by asking the site, filled in as no browser would: whatever a page of tomorrow forgets is
/// noticed here.
/// </summary>
[Trait("Covers", "R31")]
public sealed class FormCrawlTests
{
    private const string Token = "__RequestVerificationToken";

    /// <summary>Already in the encoding of a form.</summary>
    private static readonly (string Name, string Value)[] OddValues =
    [
        ("nothing", ""),
        ("spaces", "+++"),
        ("a NUL", "a%00b"),
        ("half a surrogate", "%ED%A0%80"),
        ("bytes that are no text", "%FF%FE%C0"),
        ("a broken escape", "%zz%"),
        ("markup", "%3Cscript%3Ealert(1)%3C%2Fscript%3E"),
        ("a very long text", new string('x', 5000)),
        ("a number too large", "99999999999999999999999999"),
        ("digits of another script", "%D9%A1%D9%A2%D9%A3%D9%A4%D9%A5%D9%A6"),
        ("a line break", "a%0D%0ASet-Cookie%3A+x%3Dy"),
    ];

    [Theory]
    [InlineData("nobody")]
    [InlineData("between password and code")]
    [InlineData("between password and app")]
    [InlineData("signed in")]
    [InlineData("signed in and stepped up")]
    public async Task Given_any_form_filled_in_oddly_the_site_answers_with_a_page_and_no_fault(
        string who
    )
    {
        // As many wrong passwords as there are odd values must not end the crawl.
        await using var site = await TestSite.StartAsync(("Limits:WrongPasswords", "100"));
        var (browser, before) = await PrepareAsync(site, who);
        var posted = 0;

        foreach (var path in PagesOf(site))
        {
            foreach (var (selector, _) in FormsOf(await browser.GoAsync(path)))
            {
                foreach (var (name, value) in OddValues)
                {
                    var page = await browser.GoAsync(path);
                    if (page.Document.QuerySelector(selector) is not IHtmlFormElement form)
                    {
                        break;
                    }

                    var answer = await browser.SendAsync(Fill(page, form, value));

                    Assert.True(
                        (int)answer.StatusCode < 500,
                        $"{path} {selector}, {name}: {(int)answer.StatusCode}"
                    );
                    Assert.False(answer.Headers.Contains("x"), $"{path}: a header was written.");
                    posted++;
                }
            }
        }

        Assert.True(posted >= OddValues.Length, $"Only {posted} forms were filled in.");
        site.ShouldHaveLoggedNoError();
        // An odd value is the right one of no field, so nobody got further and nothing of an account changed.
        Assert.Equal(before, await AccountsAsync(site));
    }

    private static async Task<(Browser Browser, string Before)> PrepareAsync(
        TestSite site,
        string who
    )
    {
        var browser = site.NewBrowser();
        if (who == "between password and app")
        {
            var (person, _) = await site.PersonWithAppAsync();
            await browser.TypePasswordForAppAsync(person);
        }
        else if (who != "nobody")
        {
            var person = await site.PersonWithTwoFactorAsync();
            site.Clock.Advance(TimeSpan.FromMinutes(10));
            var page = await browser.TypePasswordAsync(person);
            if (who == "signed in")
            {
                await page.SubmitAsync(site.CodeOnPhone(person));
                site.Clock.Advance(TimeSpan.FromMinutes(10));
            }
            else if (who == "signed in and stepped up")
            {
                await page.SubmitAsync(site.CodeOnPhone(person));
                await browser.StepUpAsync(
                    await browser.GoAsync("/Identity/Account/StepUp"),
                    person
                );
            }
        }

        return (browser, await AccountsAsync(site));
    }

    /// <summary>
    /// All forms but those that need nothing typed: pressing them is a decision, and no odd value changes it.
    /// </summary>
    private static IReadOnlyList<(string Selector, IHtmlFormElement Form)> FormsOf(HtmlPage page) =>
        [
            .. page
                .Document.Forms.OfType<IHtmlFormElement>()
                .Where(form => form.Method == "post" && TypedFieldsOf(form).Any())
                .Select(form => (form.Id is { Length: > 0 } id ? $"#{id}" : "main form", form)),
        ];

    private static IEnumerable<string> TypedFieldsOf(IHtmlFormElement form) =>
        form.QuerySelectorAll("input[name]")
            .OfType<IHtmlInputElement>()
            .Where(input => input.Type is "text" or "password" or "email" or "tel")
            .Select(input => input.Name!);

    private static HttpRequestMessage Fill(HtmlPage page, IHtmlFormElement form, string value)
    {
        var body = new StringBuilder();
        foreach (var input in form.QuerySelectorAll("input[name]").OfType<IHtmlInputElement>())
        {
            var content = input.Name == Token ? Uri.EscapeDataString(input.Value) : value;
            // Twice, as no browser sends it.
            body.Append(Uri.EscapeDataString(input.Name!)).Append('=').Append(content).Append('&');
            if (input.Name != Token)
            {
                body.Append(Uri.EscapeDataString(input.Name!))
                    .Append('=')
                    .Append(content)
                    .Append('&');
            }
        }

        body.Append("IsAdmin=true&Input.UserId=1&User.TwoFactorEnabled=false");
        return new HttpRequestMessage(
            HttpMethod.Post,
            new Uri(page.Address, form.GetAttribute("action") ?? "")
        )
        {
            Content = new StringContent(
                body.ToString(),
                new System.Net.Http.Headers.MediaTypeHeaderValue(
                    "application/x-www-form-urlencoded"
                )
            ),
        };
    }

    private static IReadOnlyList<string> PagesOf(TestSite site) =>
        [
            .. site
                .PageEndpoints.Select(endpoint => $"/{endpoint.RoutePattern.RawText}")
                .Distinct(StringComparer.Ordinal)
                .Where(path => !path.Contains('{', StringComparison.Ordinal)),
        ];

    private static Task<string> AccountsAsync(TestSite site) =>
        site.InDatabaseAsync(db =>
            Task.FromResult(
                string.Join(
                    '\n',
                    db.Users.AsEnumerable()
                        .Select(u =>
                            $"{u.Email} {u.PasswordHash} {u.PhoneNumber} {u.TwoFactorEnabled} {u.SecurityStamp}"
                        )
                )
            )
        );
}

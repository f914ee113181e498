using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;
using Otp2fa.Web.Composition;
using Otp2fa.Web.Tests.Site;

namespace Otp2fa.Web.Tests.Scenarios;

/// <summary>Rules that hold for every page there is, found by asking the site which pages it has.</summary>
[Trait("Covers", "R02")]
[Trait("Covers", "R25")]
[Trait("Covers", "R26")]
[Trait("Covers", "R37")]
[Trait("Covers", "R38")]
[Trait("Covers", "T17")]
public sealed partial class SurfaceTests
{
    [Fact]
    public async Task Given_the_site_its_pages_are_these_and_no_endpoint_stands_beside_them()
    {
        await using var site = await TestSite.StartAsync();

        Assert.Equal(
            [
                "/",
                "/Error",
                "/Examples/ConfirmPayment",
                "/Identity/Account/AccessDenied",
                "/Identity/Account/ConfirmEmail",
                "/Identity/Account/ConfirmEmailChange",
                "/Identity/Account/ForgotPassword",
                "/Identity/Account/ForgotPasswordConfirmation",
                "/Identity/Account/Lockout",
                "/Identity/Account/Login",
                "/Identity/Account/LoginWith2fa",
                "/Identity/Account/LoginWith2faApp",
                "/Identity/Account/LoginWithRecoveryCode",
                "/Identity/Account/Logout",
                "/Identity/Account/Manage",
                "/Identity/Account/Manage/AddPhoneNumber",
                "/Identity/Account/Manage/ChangePassword",
                "/Identity/Account/Manage/DeletePersonalData",
                "/Identity/Account/Manage/Disable2fa",
                "/Identity/Account/Manage/DownloadPersonalData",
                "/Identity/Account/Manage/Email",
                "/Identity/Account/Manage/EnableAuthenticator",
                "/Identity/Account/Manage/GenerateRecoveryCodes",
                "/Identity/Account/Manage/PersonalData",
                "/Identity/Account/Manage/RememberedBrowsers",
                "/Identity/Account/Manage/RemovePhoneNumber",
                "/Identity/Account/Manage/ResetAuthenticator",
                "/Identity/Account/Manage/SecurityHistory",
                "/Identity/Account/Manage/Sessions",
                "/Identity/Account/Manage/SetPassword",
                "/Identity/Account/Manage/ShowRecoveryCodes",
                "/Identity/Account/Manage/TwoFactorAuthentication",
                "/Identity/Account/Manage/VerifyPhoneNumber",
                "/Identity/Account/NotMe",
                "/Identity/Account/Register",
                "/Identity/Account/RegisterConfirmation",
                "/Identity/Account/ResendCode",
                "/Identity/Account/ResendEmailConfirmation",
                "/Identity/Account/ResetPassword",
                "/Identity/Account/ResetPasswordConfirmation",
                "/Identity/Account/StepUp",
                "/Identity/Account/StepUpCode",
                "/Identity/Account/TryAnotherWay",
                "/Privacy",
            ],
            PagesOf(site)
        );
        Assert.All(
            site.Host.Services.GetRequiredService<EndpointDataSource>()
                .Endpoints.Where(endpoint =>
                    endpoint.Metadata.GetMetadata<PageActionDescriptor>() is null
                ),
            endpoint =>
                Assert.True(
                    endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is not null
                        // Development's own, for files added while the site runs.
                        || endpoint.DisplayName == "Fallback {**path:file}"
                        || endpoint
                            is RouteEndpoint
                            {
                                RoutePattern.RawText: "/health/live" or "/health/ready"
                            }
                        || endpoint is RouteEndpoint { RoutePattern.RawText: { } old }
                            && OldAddresses.All.Contains(old, StringComparer.Ordinal),
                    $"{endpoint.DisplayName} is neither a page nor a file."
                )
        );
    }

    [Fact]
    public async Task Given_any_page_reading_it_sends_nothing_and_changes_nothing()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var signedIn = site.NewBrowser();
        await signedIn.EnrolAsync(site, person);
        var pending = site.NewBrowser();
        await pending.TypePasswordAsync(person);
        var sends = site.Sends;
        var before = await site.DumpDatabaseAsync();

        foreach (var path in PagesOf(site))
        {
            foreach (var browser in new[] { site.NewBrowser(), pending, signedIn })
            {
                foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head })
                {
                    var answer = await browser.SendAsync(
                        new HttpRequestMessage(
                            method,
                            new Uri($"https://localhost{path}?handler=TurnOff")
                        )
                    );
                    Assert.True(
                        (int)answer.StatusCode < 500,
                        $"{method} {path}: {answer.StatusCode}"
                    );
                }

                Assert.True((int)(await browser.GoAsync(path)).Status < 500, path);
            }
        }

        Assert.Equal(sends, site.Sends);
        Assert.Equal(before, await site.DumpDatabaseAsync());
    }

    [Fact]
    public async Task Given_any_form_without_its_token_it_is_refused_with_a_sentence_and_changes_nothing()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var signedIn = site.NewBrowser();
        await signedIn.EnrolAsync(site, person);
        var pending = site.NewBrowser();
        await pending.TypePasswordAsync(person);
        var sends = site.Sends;
        var before = await site.DumpDatabaseAsync();
        var posted = 0;

        foreach (var (path, handler) in PostHandlersOf(site))
        {
            foreach (var browser in new[] { site.NewBrowser(), pending, signedIn })
            {
                using var request = new HttpRequestMessage(
                    HttpMethod.Post,
                    new Uri($"https://localhost{path}?handler={handler}")
                )
                {
                    Content = new FormUrlEncodedContent(
                        new Dictionary<string, string>
                        {
                            ["Input.Email"] = person.Email,
                            ["Input.Password"] = person.Password,
                            ["Input.PhoneNumber"] = "+447700900999",
                            ["Input.Code"] = site.CodeOnPhone(person),
                            ["Input.TwoFactorCode"] = site.CodeOnPhone(person),
                        }
                    ),
                };
                var answer = await browser.SendAsync(request);
                // By the authorization, and not by a handler that ran; or the sign-out of nobody, which does nothing.
                var toLogin =
                    answer.Headers.Location?.OriginalString is { } location
                    && (
                        location.Contains("/Login?ReturnUrl=%2F", StringComparison.Ordinal)
                        || (browser != signedIn && location == "/Identity/Account/Logout")
                    );
                Assert.True(
                    toLogin || answer.StatusCode == HttpStatusCode.BadRequest,
                    $"{path} {handler}: {answer.StatusCode}"
                );
                if (!toLogin)
                {
                    Assert.Contains(
                        "This form is out of date",
                        await answer.Content.ReadAsStringAsync(),
                        StringComparison.Ordinal
                    );
                }

                posted++;
            }
        }

        Assert.True(posted >= 3 * 10, $"Only {posted} forms were tried.");
        Assert.All(
            new[] { "TurnOff", "Prefer", "EndOthers", "ForgetAll", "Send", "Download" },
            handler => Assert.Contains(PostHandlersOf(site), post => post.Handler == handler)
        );
        Assert.Equal(sends, site.Sends);
        Assert.Equal(before, await site.DumpDatabaseAsync());
    }

    [Fact]
    public async Task Given_a_form_from_before_a_sign_in_its_old_token_is_refused_with_a_sentence()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var browser = site.NewBrowser();
        await browser.RegisterAsync(person);
        var before = await Site.Pages.LoginPage.OpenAsync(browser);
        await browser.SignInAsync(person);

        var answer = await before.SubmitAsync(person.Email, person.Password);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        answer.ShouldSayAnywhere("This form is out of date");
    }

    [Fact]
    public async Task Given_any_answer_it_carries_the_security_headers()
    {
        await using var site = await TestSite.StartAsync();
        var browser = site.NewBrowser();
        foreach (
            var path in new[]
            {
                "/",
                "/Identity/Account/Login",
                "/no-such-page",
                "/Identity/Account/Manage",
                "/site.css",
            }
        )
        {
            var answer = await browser.SendAsync(
                new HttpRequestMessage(HttpMethod.Get, new Uri($"https://localhost{path}"))
            );
            Assert.Contains(
                "frame-ancestors 'none'",
                answer.Headers.GetValues("Content-Security-Policy").Single(),
                StringComparison.Ordinal
            );
            Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
            Assert.Equal(
                "same-origin",
                answer.Headers.GetValues("Cross-Origin-Opener-Policy").Single()
            );
            Assert.False(answer.Headers.Contains("Server"));
        }
    }

    [Fact]
    public async Task Given_any_page_or_redirect_no_browser_or_proxy_may_keep_it()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var signedIn = site.NewBrowser();
        await signedIn.EnrolAsync(site, person);
        var pending = site.NewBrowser();
        await pending.TypePasswordAsync(person);
        var pages = 0;
        foreach (var browser in new[] { site.NewBrowser(), pending, signedIn })
        {
            foreach (var path in PagesOf(site))
            {
                var answer = await browser.SendAsync(
                    new HttpRequestMessage(HttpMethod.Get, new Uri($"https://localhost{path}"))
                );
                // What the authorization answers itself carries nothing of anybody.
                var isChallenge =
                    answer.Headers.Location?.OriginalString.Contains(
                        "Login?ReturnUrl=",
                        StringComparison.Ordinal
                    ) == true;
                Assert.True(isChallenge || answer.Headers.CacheControl?.NoStore == true, path);
                pages += isChallenge ? 0 : 1;
            }
        }

        Assert.True(pages > 30, $"Only {pages} pages were looked at.");
    }

    [Fact]
    public async Task Given_an_unknown_address_there_is_a_page_that_leads_on()
    {
        await using var site = await TestSite.StartAsync();

        var page = await site.NewBrowser().GoAsync("/no-such-page");

        Assert.Equal(HttpStatusCode.NotFound, page.Status);
        page.ShouldSayAnywhere("Page not found");
        Assert.True(page.Has("main a[href='/']"));
    }

    private static string[] PagesOf(TestSite site) =>
        [
            .. EndpointsOf(site)
                .Select(endpoint => "/" + endpoint.RoutePattern.RawText!.TrimEnd('/'))
                .Where(path =>
                    !path.EndsWith("/Index", StringComparison.Ordinal) && path != "/Index"
                )
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];

    private static IEnumerable<(string Path, string? Handler)> PostHandlersOf(TestSite site) =>
        from endpoint in EndpointsOf(site)
        let descriptor = endpoint.Metadata.GetMetadata<PageActionDescriptor>()
        where descriptor.ViewEnginePath != "/Error"
        from handler in HandlersOf(descriptor).Prepend(null)
        select ("/" + endpoint.RoutePattern.RawText, handler);

    /// <summary>The named POST handlers that the page's model has.</summary>
    private static IEnumerable<string?> HandlersOf(PageActionDescriptor page) =>
        typeof(Program)
            .Assembly.GetTypes()
            .Where(type =>
                type.FullName!.EndsWith(
                    $"{page.ViewEnginePath.Replace('/', '.')}Model",
                    StringComparison.Ordinal
                )
            )
            .SelectMany(type => type.GetMethods())
            .Select(method => PostHandler().Match(method.Name).Groups["handler"].Value)
            .Where(handler => handler.Length > 0)
            .Distinct(StringComparer.Ordinal);

    private static IEnumerable<RouteEndpoint> EndpointsOf(TestSite site) => site.PageEndpoints;

    [GeneratedRegex("^OnPost(?<handler>.+?)(Async)?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PostHandler();
}

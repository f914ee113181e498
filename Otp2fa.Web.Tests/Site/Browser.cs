using System.Diagnostics;
using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Otp2fa.Web.Tests.Site;

/// <summary>What a browser without script does: keeps cookies, follows redirects, submits forms as they stand.</summary>
internal sealed class Browser
{
    private readonly Uri origin;
    private readonly HttpMessageInvoker http;

    public Browser(SiteFactory host)
        : this(host.Origin, host.CreateHandler(), new CookieContainer()) { }

    public Browser(SiteProcess process)
        : this(process.Origin, NewHandler(), new CookieContainer()) { }

    private Browser(Uri origin, HttpMessageHandler handler, CookieContainer cookies)
    {
        this.origin = origin;
        http = new HttpMessageInvoker(handler);
        Cookies = cookies;
    }

    public CookieContainer Cookies { get; }

    /// <summary>Goes with every request, so that its spans can be told from those of other tests. Null, as in a real browser: none.</summary>
    public ActivityTraceId? Trace { get; set; }

    /// <summary>What a proxy in front of the site says of where it comes from; null without one.</summary>
    public string? ClientAddress { get; init; }

    /// <summary>Every address this browser asked for, query and all.</summary>
    public List<string> Visited { get; } = [];

    /// <summary>Every Set-Cookie header this browser was answered.</summary>
    public List<string> SetCookies { get; } = [];

    /// <summary>Every body this browser was shown.</summary>
    public List<string> Shown { get; } = [];

    /// <summary>Another browser that was given a copy of this one's cookies, as a thief would have.</summary>
    public Browser CloneTo(SiteFactory host) => CloneTo(host.Origin, host.CreateHandler());

    /// <summary>This browser as a load balancer sends it to another instance.</summary>
    public Browser CloneTo(SiteProcess process) => CloneTo(process.Origin, NewHandler());

    private static SocketsHttpHandler NewHandler() =>
        new() { UseCookies = false, AllowAutoRedirect = false };

    private Browser CloneTo(Uri target, HttpMessageHandler handler)
    {
        var copy = new CookieContainer();
        foreach (Cookie cookie in Cookies.GetAllCookies())
        {
            copy.Add(
                target,
                new Cookie(cookie.Name, cookie.Value, cookie.Path) { Secure = cookie.Secure }
            );
        }

        return new Browser(target, handler, copy);
    }

    public string? CookieValue(string name) => Cookies.GetCookies(origin)[name]?.Value;

    public Task<HtmlPage> GoAsync(string address) =>
        FollowAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(origin, address)));

    /// <summary>Submits a form as a browser would, with its hidden fields and token, after filling in some of its fields.</summary>
    public Task<HtmlPage> SubmitAsync(
        HtmlPage page,
        string formSelector,
        params (string Name, string Value)[] filled
    ) => FollowAsync(Request(page, formSelector, filled));

    /// <summary>The same, and the answer as it is: not followed.</summary>
    public Task<HttpResponseMessage> PostAsync(
        HtmlPage page,
        string formSelector,
        params (string Name, string Value)[] filled
    ) => SendAsync(Request(page, formSelector, filled));

    /// <summary>One request with this browser's cookies; no redirect is followed.</summary>
    public async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken = default
    )
    {
        Visited.Add(request.RequestUri!.ToString());
        var cookies = Cookies.GetCookieHeader(request.RequestUri);
        if (cookies.Length > 0)
        {
            request.Headers.Add("Cookie", cookies);
        }

        if (ClientAddress is { } client)
        {
            request.Headers.Add("X-Forwarded-For", client);
        }

        if (Trace is { } trace)
        {
            request.Headers.Add("traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom()}-01");
        }

        var response = await http.SendAsync(request, cancellationToken);
        if (response.Headers.TryGetValues("Set-Cookie", out var set))
        {
            foreach (var header in set)
            {
                SetCookies.Add(header);
                Cookies.SetCookies(request.RequestUri, header);
            }
        }

        return response;
    }

    public static HttpRequestMessage Request(
        HtmlPage page,
        string formSelector,
        params (string Name, string Value)[] filled
    )
    {
        var form = page.One<IHtmlFormElement>(formSelector);
        var fields = new List<KeyValuePair<string, string>>();
        foreach (var input in form.QuerySelectorAll("input[name]").OfType<IHtmlInputElement>())
        {
            if (input.Type is "checkbox" or "radio" && !input.IsChecked)
            {
                continue;
            }

            fields.Add(new(input.Name!, input.Value));
        }

        foreach (var (name, value) in filled)
        {
            fields.RemoveAll(field => field.Key == name);
            fields.Add(new(name, value));
        }

        return new HttpRequestMessage(
            HttpMethod.Post,
            new Uri(page.Address, form.GetAttribute("action") ?? "")
        )
        {
            Content = new FormUrlEncodedContent(fields),
        };
    }

    private async Task<HtmlPage> FollowAsync(HttpRequestMessage request)
    {
        for (var hop = 0; hop < 10; hop++)
        {
            var response = await SendAsync(request);
            if (response.Headers.Location is { } location)
            {
                request = new HttpRequestMessage(
                    HttpMethod.Get,
                    new Uri(request.RequestUri!, location)
                );
                continue;
            }

            var html = await response.Content.ReadAsStringAsync();
            Shown.Add(html);
            return new HtmlPage(
                request.RequestUri!,
                response.StatusCode,
                new HtmlParser().ParseDocument(html),
                html
            );
        }

        throw new InvalidOperationException(
            $"Redirected in circles: {string.Join(" > ", Visited.TakeLast(10))}"
        );
    }
}

// A script beside the project, run by hand: the site's analyzers are not for it.
#:property RunAnalyzers=false
#:property PublishAot=false
// Shows that a dead Infobip does not starve the rest of the site (docs/performance.md has the figures).
//
//   dotnet run --project Otp2fa.Web -- --Accounts:PasswordIterations 1000 \
//     --Limits:FirstWait 0:0:0 --Limits:SecondWait 0:0:0 --Limits:LaterWait 0:0:0 \
//     --Limits:SendsPer10Minutes 100000 --Limits:SendsPerHour 100000 --Limits:SendsPerDay 100000 \
//     --Limits:SiteSendsPerMinute 100000 --Limits:SiteSendsPerHour 100000 --Limits:SiteSendsPerDay 100000
//   dotnet run tools/outage-run.cs -- [site] [simulator] [sign-ins per second] [seconds]
//
// It enrols one person, who stays signed in, lets the simulator hold every call, then signs in at the given rate while the
// person looks at the account page four times a second, and prints how long both took. All sign-ins are of that person, so
// the limits must be wide. Bounded in time; it speaks to loopback only.
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;

var site = new Uri(args.ElementAtOrDefault(0) ?? "http://localhost:5080");
var simulator = new Uri(args.ElementAtOrDefault(1) ?? "http://localhost:5299");
var rate = int.Parse(args.ElementAtOrDefault(2) ?? "50");
var seconds = int.Parse(args.ElementAtOrDefault(3) ?? "30");
if (!site.IsLoopback || !simulator.IsLoopback)
{
    Console.Error.WriteLine("Loopback only.");
    return 1;
}

var email = $"run{DateTimeOffset.UnixEpoch.Ticks + Stopwatch.GetTimestamp()}@example.com";
const string password = "correct horse battery";
const string number = "447700900199";

var owner = new Client(site);
var confirmation = await owner.SubmitAsync(
    "/Identity/Account/Register",
    ("Input.Email", email),
    ("Input.Password", password),
    ("Input.ConfirmPassword", password)
);
var link = WebUtility.HtmlDecode(
    Regex.Match(confirmation, "id=\"confirm-link\"[^>]*href=\"([^\"]+)\"").Groups[1].Value
);
await owner.SubmitAsync(link);
await owner.SubmitAsync(
    "/Identity/Account/Login",
    ("Input.Email", email),
    ("Input.Password", password)
);
await owner.SubmitAsync(
    "/Identity/Account/Manage/AddPhoneNumber",
    ("Input.PhoneNumber", "+" + number)
);
var phone = await owner.GetAsync(new Uri(simulator, $"phone/{number}").ToString());
var pin = Regex.Match(phone, @"\b(\d{6})\b is your").Groups[1].Value;
await owner.SubmitAsync("/Identity/Account/Manage/VerifyPhoneNumber", ("Input.Code", pin));
await owner.SubmitAsync("/Identity/Account/Manage/TwoFactorAuthentication?handler=TurnOn");
var settings = await owner.GetAsync("/Identity/Account/Manage/TwoFactorAuthentication");
if (!settings.Contains("<strong>on</strong>", StringComparison.Ordinal))
{
    Console.Error.WriteLine("The person could not be enrolled.");
    return 1;
}

// Sockets are opened before the rush: what is measured is the site.
var clients = new ConcurrentBag<(Client Client, string Page)>();
for (var i = 0; i < rate * 6; i++)
{
    var client = new Client(site);
    clients.Add((client, await client.GetAsync("/Identity/Account/Login")));
}

using (var control = new HttpMessageInvoker(new SocketsHttpHandler()))
{
    foreach (var operation in (string[])["send", "resend", "verify"])
    {
        using var fault = new HttpRequestMessage(
            HttpMethod.Post,
            new Uri(simulator, "simulator/faults")
        )
        {
            Content = JsonContent.Create(
                new
                {
                    operation,
                    fault = new { delay = "00:01:00" },
                    calls = 100000,
                }
            ),
        };
        (await control.SendAsync(fault, default)).EnsureSuccessStatusCode();
    }
}

var signIns = new ConcurrentBag<(double At, double Took, bool Told)>();
var pages = new ConcurrentBag<double>();
var clock = Stopwatch.StartNew();
var running = new List<Task>();
var skipped = 0;
using var beat = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / rate));
for (var n = 0; clock.Elapsed.TotalSeconds < seconds && await beat.WaitForNextTickAsync(); n++)
{
    if (clients.TryTake(out var next))
    {
        running.Add(SignInAsync(next.Client, next.Page));
    }
    else
    {
        skipped++;
    }

    if (n % Math.Max(1, rate / 4) == 0)
    {
        running.Add(AskPageAsync());
    }
}

await Task.WhenAll(running);
Report("Sign-ins, first 10 s", [.. signIns.Where(s => s.At < 10).Select(s => s.Took)]);
Report("Sign-ins, after 10 s", [.. signIns.Where(s => s.At >= 10).Select(s => s.Took)]);
Console.WriteLine(
    $"Told that codes are delayed or cannot be sent: {signIns.Count(s => s.Told)} of {signIns.Count}"
);
Report("Account page of somebody signed in", [.. pages]);
Console.WriteLine($"Sign-ins that no browser was free for: {skipped}");
return 0;

async Task SignInAsync(Client client, string page)
{
    var at = clock.Elapsed.TotalSeconds;
    var body = await client.PostAsync(
        "/Identity/Account/Login",
        page,
        ("Input.Email", email),
        ("Input.Password", password)
    );
    signIns.Add(
        (
            at,
            clock.Elapsed.TotalSeconds - at,
            body.Contains("Codes are delayed", StringComparison.Ordinal)
                || body.Contains("cannot send codes", StringComparison.Ordinal)
                || body.Contains("Very many people are asking", StringComparison.Ordinal)
        )
    );
    clients.Add((client, await client.GetAsync("/Identity/Account/Login")));
}

async Task AskPageAsync()
{
    var at = clock.Elapsed.TotalSeconds;
    var body = await owner.GetAsync("/Identity/Account/Manage");
    if (!body.Contains(email, StringComparison.Ordinal))
    {
        throw new InvalidOperationException("The person is not signed in any more.");
    }

    pages.Add(clock.Elapsed.TotalSeconds - at);
}

static void Report(string what, double[] took)
{
    Array.Sort(took);
    Console.WriteLine(
        took.Length == 0
            ? $"{what}: none"
            : $"{what}: {took.Length}, median {took[took.Length / 2] * 1000:0} ms, 95 % {took[took.Length * 95 / 100] * 1000:0} ms, longest {took[^1] * 1000:0} ms"
    );
}

/// <summary>One browser: its cookies, and the token of the form it last saw.</summary>
internal sealed class Client(Uri site)
{
    private readonly CookieContainer cookies = new();
    private HttpMessageInvoker? http;

    private HttpMessageInvoker Http =>
        http ??= new HttpMessageInvoker(
            new SocketsHttpHandler
            {
                CookieContainer = cookies,
                UseProxy = false,
                AllowAutoRedirect = true,
            }
        );

    public async Task<string> GetAsync(string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(site, address));
        using var answer = await Http.SendAsync(request, default);
        return await answer.Content.ReadAsStringAsync();
    }

    public async Task<string> SubmitAsync(string address, params (string, string)[] fields) =>
        await PostAsync(address, await GetAsync(address), fields);

    public async Task<string> PostAsync(
        string address,
        string page,
        params (string Name, string Value)[] fields
    )
    {
        // The last form of a page is its own; the one before signs out.
        var token = Regex
            .Matches(page, "name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"")[^1]
            .Groups[1]
            .Value;
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(site, address))
        {
            Content = new FormUrlEncodedContent(
                fields
                    .Append(("__RequestVerificationToken", token))
                    .Select(field => KeyValuePair.Create(field.Item1, field.Item2))
            ),
        };
        using var answer = await Http.SendAsync(request, default);
        return await answer.Content.ReadAsStringAsync();
    }
}

// A script beside the project, run by hand: the site's analyzers are not for it.
#:property RunAnalyzers=false
#:property PublishAot=false
// How long the answers of the sign-in take, by what is behind the name (R07, F12). Nobody should learn from it whether there is an
// account. Run it against a site of its own, with nothing else on the machine:
//
//   ConnectionStrings__Otp2fa="Data Source=/tmp/timing.db" Limits__WrongPasswords=100 Limits__WrongPasswordsPerDay=1000 \
//   Limits__WrongPasswordsPerAddressAndMinute=10000 Limits__WrongPasswordsPerAddressAndHour=10000 \
//   Limits__WrongPasswordsPerNetworkAndHour=10000 dotnet run -c Debug --project Otp2fa.Web
//   dotnet run tools/timing.cs -- http://localhost:5080 http://localhost:5299 100
//
// Method: one request at a time over one connection; in every round each class once, in an order drawn anew; the first rounds are
// thrown away. Two classes are the same thing (names without account): what differs between those two is the measurement's own
// noise, and no other difference that is not larger means anything. Medians, since a garbage collection is not an answer's time.
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

var site = new Uri(args.Length > 0 ? args[0] : "http://localhost:5080");
var phone = new Uri(args.Length > 1 ? args[1] : "http://localhost:5299");
var rounds = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 100;
const int WarmUp = 10;
const int LockingTries = 100;
const string Password = "five words that nobody guesses";

var run = Guid.NewGuid().ToString("N")[..8];
using var http = new HttpClient(
    new SocketsHttpHandler
    {
        UseCookies = true,
        CookieContainer = new CookieContainer(),
        AllowAutoRedirect = false,
    }
)
{
    BaseAddress = site,
};

await RegisterAsync($"known-{run}@example.com", confirm: true);
await RegisterAsync($"locked-{run}@example.com", confirm: true);
await RegisterAsync($"unconfirmed-{run}@example.com", confirm: false);
var login = await FormAsync("/Identity/Account/Login", "account");
for (var i = 0; i < LockingTries; i++)
{
    await SignInAsync(login, $"locked-{run}@example.com", "wrong");
}

(string Name, Func<int, string> Email)[] classes =
[
    ("unknown (control A)", i => $"nobody-a{i}-{run}@example.com"),
    ("unknown (control B)", i => $"nobody-b{i}-{run}@example.com"),
    ("known, wrong password", _ => $"known-{run}@example.com"),
    ("known, waiting after wrong ones", _ => $"locked-{run}@example.com"),
    ("unconfirmed, right password", _ => $"unconfirmed-{run}@example.com"),
    ("very long unknown name", i => $"{new string('n', 200)}{i}-{run}@example.com"),
];
var times = classes.ToDictionary(one => one.Name, _ => new List<double>(), StringComparer.Ordinal);
for (var round = 0; round < rounds + WarmUp; round++)
{
    foreach (var (name, email) in Shuffled(classes))
    {
        var password = name.StartsWith("unconfirmed", StringComparison.Ordinal)
            ? Password
            : "wrong";
        var begun = Stopwatch.GetTimestamp();
        var (status, length) = await SignInAsync(login, email(round), password);
        var took = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
        if (status != HttpStatusCode.OK)
        {
            throw new InvalidOperationException($"{name} was answered {status}");
        }

        if (round >= WarmUp)
        {
            times[name].Add(took);
        }
    }
}

var control = Median(times[classes[0].Name]);
Console.WriteLine($"{rounds} rounds, milliseconds");
Console.WriteLine($"{"class", -34} {"median", 8} {"p10", 8} {"p90", 8} {"to control A", 13}");
foreach (var (name, all) in times)
{
    Console.WriteLine(
        string.Create(
            CultureInfo.InvariantCulture,
            $"{name, -34} {Median(all), 8:0.00} {At(all, 0.1), 8:0.00} {At(all, 0.9), 8:0.00} {Median(all) - control, 13:+0.00;-0.00}"
        )
    );
}

return;

async Task RegisterAsync(string email, bool confirm)
{
    var form = await FormAsync("/Identity/Account/Register", "registerForm");
    await PostAsync(
        form,
        ("Input.Email", email),
        ("Input.Password", Password),
        ("Input.ConfirmPassword", Password)
    );
    if (!confirm)
    {
        return;
    }

    for (var tries = 0; tries < 60; tries++)
    {
        await Task.Delay(500);
        using var mails = JsonDocument.Parse(
            await http.GetStringAsync(new Uri(phone, "/phone/mails.json"))
        );
        var link = mails
            .RootElement.EnumerateArray()
            .Where(mail => mail.GetProperty("to").GetString() == email)
            .SelectMany(mail => mail.GetProperty("links").EnumerateArray())
            .Select(one => one.GetString())
            .FirstOrDefault();
        if (link is null)
        {
            continue;
        }

        using var opened = await http.GetAsync(new Uri(link));
        var page = await FormAsync(opened.Headers.Location!.ToString(), formId: null);
        await PostAsync(page);
        return;
    }

    throw new InvalidOperationException("No mail arrived on the web phone.");
}

async Task<(HttpStatusCode Status, int Length)> SignInAsync(
    Form form,
    string email,
    string password
) => await PostAsync(form, ("Input.Email", email), ("Input.Password", password));

async Task<(HttpStatusCode Status, int Length)> PostAsync(
    Form form,
    params (string Name, string Value)[] fields
)
{
    using var body = new FormUrlEncodedContent([
        KeyValuePair.Create("__RequestVerificationToken", form.Token),
        .. fields.Select(field => KeyValuePair.Create(field.Name, field.Value)),
    ]);
    using var answer = await http.PostAsync(new Uri(site, form.Address), body);
    return (answer.StatusCode, (await answer.Content.ReadAsStringAsync()).Length);
}

async Task<Form> FormAsync(string address, string? formId)
{
    var page = await http.GetStringAsync(new Uri(site, address));
    var main = page[page.IndexOf("<main", StringComparison.Ordinal)..];
    var form = formId is null
        ? main
        : main[main.IndexOf($"id=\"{formId}\"", StringComparison.Ordinal)..];
    var token = Regex
        .Match(form, "name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"")
        .Groups[1]
        .Value;
    return new Form(address, token);
}

static T[] Shuffled<T>(T[] all)
{
    var copy = all.ToArray();
    Random.Shared.Shuffle(copy);
    return copy;
}

static double Median(List<double> all) => At(all, 0.5);

static double At(List<double> all, double share) =>
    all.Order().ElementAt((int)((all.Count - 1) * share));

internal sealed record Form(string Address, string Token);

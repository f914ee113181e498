using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Otp2fa.InfobipSimulator;
using Otp2fa.InfobipSimulator.Assumptions;
using Otp2fa.InfobipSimulator.Pins;

namespace Otp2fa.Web.Tests.Units.Simulator;

/// <summary>A simulator on a free port with a clock that stands still, and a plain HTTP client in front of it.</summary>
internal sealed class SimulatorCaller : IAsyncDisposable
{
    public const string ApiKey = "key-of-the-tests";
    public const string ApplicationId = "7B1E0C9A44D2F0E6A1C35D8890AA12FE";
    public const string MessageId = "C04D5A1F9B7732E8D6120BFA8E93C411";
    public const string Number = "447700900123";

    private SimulatorCaller(SimulatorHost host, FakeTimeProvider clock)
    {
        Host = host;
        Clock = clock;
        Client = NewClient(host.BaseAddress);
    }

    public SimulatorHost Host { get; }

    public FakeTimeProvider Clock { get; }

    public HttpClient Client { get; }

    public static SimulatorOptions Seeded =>
        SimulatorOptions.Seeded(ApiKey, ApplicationId, MessageId);

    public static SimulatorOptions Configured(Func<PinConfiguration, PinConfiguration> change) =>
        WithApplication(application =>
            application with
            {
                Configuration = change(application.Configuration),
            }
        );

    public static SimulatorOptions WithApplication(Func<PinApplication, PinApplication> change) =>
        Seeded with
        {
            Applications = [change(Seeded.Applications[0])],
        };

    public static async Task<SimulatorCaller> StartAsync(SimulatorOptions? options = null)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        return new SimulatorCaller(
            await SimulatorHost.StartAsync(options ?? Seeded, clock, CancellationToken.None),
            clock
        );
    }

    /// <summary>With some switches moved, and perhaps other rules of the application.</summary>
    public static Task<SimulatorCaller> StartAsync(
        SimulatorAssumptions assumptions,
        Func<PinConfiguration, PinConfiguration>? change = null
    ) =>
        StartAsync(
            Configured(rules => change?.Invoke(rules) ?? rules) with
            {
                Assumptions = assumptions,
            }
        );

    public static HttpClient NewClient(Uri baseAddress)
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false };
#pragma warning disable RS0030 // The simulator is judged from outside by a bare client; there is no factory to ask.
        return new HttpClient(handler, disposeHandler: true)
#pragma warning restore RS0030
        {
            BaseAddress = baseAddress,
            Timeout = TimeSpan.FromSeconds(30),
        };
    }

    public static string SendBody(
        string to = Number,
        string applicationId = ApplicationId,
        string messageId = MessageId,
        string more = ""
    ) =>
        $$"""{"applicationId":"{{applicationId}}","messageId":"{{messageId}}","to":"{{to}}"{{more}}}""";

    public Task<Reply> SendAsync(string to = Number, string query = "") =>
        PostAsync("2fa/2/pin" + query, SendBody(to));

    public Task<Reply> PostSendAsync(string body) => PostAsync("2fa/2/pin", body);

    public async Task<string> SentPinIdAsync(string to = Number)
    {
        var reply = await SendAsync(to);
        Assert.True(reply.Status == HttpStatusCode.OK, reply.Text);
        return reply.Json.GetProperty("pinId").GetString()!;
    }

    public Task<Reply> VerifyAsync(string pinId, string pin) =>
        PostAsync(
            $"2fa/2/pin/{Uri.EscapeDataString(pinId)}/verify",
            JsonSerializer.Serialize(new { pin })
        );

    public Task<Reply> VerifyRightAsync(string pinId) =>
        VerifyAsync(pinId, Host.PinStore.Find(pinId)!.Pin);

    public Task<Reply> VerifyWrongAsync(string pinId) => VerifyAsync(pinId, WrongPin(pinId));

    public string WrongPin(string pinId) =>
        Host.PinStore.Find(pinId)!.Pin == "000000" ? "000001" : "000000";

    public async Task<Reply> PostAsync(
        string path,
        string body,
        string? authorization = "App " + ApiKey
    )
    {
        using var request = Request(path, body, authorization);
        using var response = await Client.SendAsync(request);
        return await Reply.ReadAsync(response);
    }

    public Task<Reply> ResendAsync(string pinId, string body = "{}") =>
        PostAsync($"2fa/2/pin/{pinId}/resend", body);

    /// <summary>Any method, with the key; no body at all when none is given.</summary>
    public async Task<Reply> CallAsync(
        HttpMethod method,
        string path,
        string? body = null,
        string authorization = "App " + ApiKey
    )
    {
        using var request = Request(path, body ?? "", authorization);
        request.Method = method;
        request.Content = body is null ? null : request.Content;
        using var response = await Client.SendAsync(request);
        return await Reply.ReadAsync(response);
    }

    public async Task<Reply> GetAsync(string path)
    {
        using var response = await Client.GetAsync(new Uri(path, UriKind.Relative));
        return await Reply.ReadAsync(response);
    }

    public static HttpRequestMessage Request(
        string path,
        string body,
        string? authorization = "App " + ApiKey
    )
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative))
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        return request;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Host.DisposeAsync();
    }
}

/// <summary>An answer, read to its end.</summary>
internal sealed record Reply(
    HttpStatusCode Status,
    string Text,
    HttpResponseHeaders Headers,
    string? MediaType
)
{
    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    public JsonElement ServiceException =>
        Json.GetProperty("requestError").GetProperty("serviceException");

    public static async Task<Reply> ReadAsync(HttpResponseMessage response) =>
        new(
            response.StatusCode,
            await response.Content.ReadAsStringAsync(),
            response.Headers,
            response.Content.Headers.ContentType?.MediaType
        );

    public string? Member(string property) =>
        Json.TryGetProperty(property, out var value) ? value.GetString() : null;

    public void AssertLegacyError(HttpStatusCode status, string messageId)
    {
        Assert.True(Status == status, $"{Status}: {Text}");
        Assert.Equal(messageId, ServiceException.GetProperty("messageId").GetString());
        Assert.False(string.IsNullOrWhiteSpace(ServiceException.GetProperty("text").GetString()));
    }

    public void AssertInvalid(params string[] properties)
    {
        AssertLegacyError(HttpStatusCode.BadRequest, "BAD_REQUEST");
        var errors = ServiceException.GetProperty("validationErrors");
        Assert.Equal(
            properties.Order(),
            errors.EnumerateObject().Select(error => error.Name).Order()
        );
        Assert.All(
            errors.EnumerateObject(),
            error => Assert.NotEqual(0, error.Value.GetArrayLength())
        );
    }

    public void AssertVerdict(bool verified, int attemptsRemaining, string? pinError)
    {
        Assert.True(Status == HttpStatusCode.OK, $"{Status}: {Text}");
        Assert.Equal(verified, Json.GetProperty("verified").GetBoolean());
        Assert.Equal(attemptsRemaining, Json.GetProperty("attemptsRemaining").GetInt32());
        Assert.Equal(pinError, Member("pinError"));
    }
}

using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Otp2fa.Web.Infobip;
using Otp2fa.Web.Tests.Support;
using Otp2fa.Web.TwoFactor;

namespace Otp2fa.Web.Tests.Units.Infobip;

/// <summary>The provider as the site registers it, pointed at an address, with all logs kept.</summary>
internal sealed class InfobipSetup : IAsyncDisposable
{
    public const string ApiKey = "canary-key-5f3e";
    public const string ApplicationId = "APP/1";
    public const string MessageId = "MSG-1";
    public const string PinId = "CANARYPIN2F9A61D0";
    public const string OtherPinId = "CANARYPIN2F9A61D1";
    public const string Digits = "447700900123";
    public const string OtherDigits = "447700900124";
    public const string Pin = "012345";

    private readonly ServiceProvider _services;

    public InfobipSetup(Uri address, Action<InfobipOptions>? adjust = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddSingleton<IHostEnvironment>(new NamedEnvironment(Environments.Development));
        services.AddLogging(logging =>
            logging.SetMinimumLevel(LogLevel.Trace).ClearProviders().AddProvider(Logs)
        );
        services.AddInfobip();
        // The circuit has tests of its own; here every call is made.
        services.Configure<OutageOptions>(options =>
            (options.MinimumCalls, options.MaxConcurrentCalls) = (1000, 1000)
        );
        services.Configure<InfobipOptions>(options =>
        {
            options.BaseUrl = address.ToString();
            options.ApiKey = ApiKey;
            options.ApplicationId = ApplicationId;
            options.MessageId = MessageId;
            adjust?.Invoke(options);
        });
        _services = services.BuildServiceProvider(validateScopes: true);
    }

    public static PhoneNumber Number { get; } = PhoneNumber.FromStored($"+{Digits}")!;

    public RecordedLogs Logs { get; } = new();

    public Task<PinSendAnswer> SendAsync(PinChannel channel = PinChannel.Sms) =>
        Provider().SendAsync(Number, channel);

    public Task<PinSendAnswer> ResendAsync(
        string pinId = PinId,
        PinChannel channel = PinChannel.Sms
    ) => Provider().ResendAsync(pinId, Number, channel);

    public Task<PinVerifyAnswer> VerifyAsync(string pinId = PinId, PinCode? pin = null) =>
        Provider().VerifyAsync(pinId, Number, pin ?? PinCode.Parse(Pin, Pin.Length).Pin!);

    public InfobipReader Reader => _services.GetRequiredService<InfobipReader>();

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private IPinProvider Provider() => _services.GetRequiredService<IPinProvider>();
}

internal sealed class NamedEnvironment(string name) : IHostEnvironment
{
    public string EnvironmentName { get; set; } = name;
    public string ApplicationName { get; set; } = "Otp2fa.Web";
    public string ContentRootPath { get; set; } = AppContext.BaseDirectory;
    public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
}

using System.Diagnostics;
using Otp2fa.Web.Accounts.Sessions;
using Otp2fa.Web.Data;
using Serilog;
using Serilog.Core;
using Serilog.Settings.Configuration;

namespace Otp2fa.Web.Composition;

/// <summary>
/// The audit log: a logger by itself, with settings of its own (section <see cref="Section"/>), so that it can be kept apart
/// and longer. Where it writes it says so in UTC and in structure; what it writes is in docs/audit-log.md.
/// </summary>
internal sealed class AuditLog : IAuditTrail, IHostedService, IDisposable
{
    public const string Section = "AuditLog";

    // One process of one machine: what tells instances apart without a setting.
    private static readonly string Instance = $"{Environment.MachineName}/{Environment.ProcessId}";

    private readonly Logger log;
    private readonly IHttpContextAccessor contexts;
    private readonly IRequestOrigin origin;
    private readonly SessionFingerprint fingerprint;
    private readonly TimeProvider time;

    public AuditLog(
        IConfiguration configuration,
        IServiceProvider services,
        IHttpContextAccessor contexts,
        IRequestOrigin origin,
        SessionFingerprint fingerprint,
        TimeProvider time
    )
    {
        (this.contexts, this.origin, this.fingerprint, this.time) = (
            contexts,
            origin,
            fingerprint,
            time
        );
        log = new LoggerConfiguration()
            .ReadFrom.Configuration(
                configuration,
                new ConfigurationReaderOptions { SectionName = Section }
            )
            .ReadFrom.Services(services)
            .CreateLogger();
    }

    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<AuditLog>();
        services.AddSingleton<IAuditTrail>(provider => provider.GetRequiredService<AuditLog>());
        services.AddHostedService(provider => provider.GetRequiredService<AuditLog>());
    }

    public void Record(
        AuditKind kind,
        string? userId = null,
        Factor? factor = null,
        string? purpose = null
    )
    {
        var (name, outcome) = AuditKinds.Describe(kind);
        log.Information(
            "Audit {AuditEventId} {AuditEvent} {Outcome} at {AtUtc:O}: {Kind}, user {UserId}, session {SessionHash}, factor {Factor}, purpose {Purpose}, from {Network} {Browser}, instance {Instance}, trace {Trace}",
            (int)kind,
            name,
            outcome,
            time.GetUtcNow().UtcDateTime,
            kind,
            userId,
            fingerprint.Of(contexts.HttpContext?.User),
            factor,
            purpose,
            origin.Network,
            origin.Browser,
            Instance,
            Activity.Current?.TraceId.ToString()
        );
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        Record(AuditKind.Started);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Record(AuditKind.Stopped);
        return Task.CompletedTask;
    }

    public void Dispose() => log.Dispose();
}

using System.Diagnostics.Metrics;
using Otp2fa.Web.Data;

namespace Otp2fa.Web.Mail;

/// <summary>Meter <c>Otp2fa.Mail</c>.</summary>
internal sealed class MailMeters
{
    public const string MeterName = "Otp2fa.Mail";

    public const string TriesName = "otp2fa.mail.tries";

    public const string SetAsideName = "otp2fa.mail.set_aside";

    private readonly Counter<long> tries;
    private readonly Counter<long> setAside;

    public MailMeters(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        tries = meter.CreateCounter<long>(TriesName, "{try}", "Mails offered to the mail server");
        setAside = meter.CreateCounter<long>(SetAsideName, "{mail}", "Mails given up: an alarm");
    }

    public void Tried(MailKind kind, MailDeliveryStatus status) =>
        tries.Add(1, new("kind", kind.ToString()), new("status", status.ToString()));

    public void SetAside(MailKind kind) =>
        setAside.Add(1, new KeyValuePair<string, object?>("kind", kind.ToString()));
}

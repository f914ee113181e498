using System.Globalization;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Otp2fa.Web.Mail;

/// <summary>Writes mails into a folder, for Development: the name of a file begins with its time, so the newest is the last.</summary>
internal sealed class PickupFolder(
    IOptions<MailOptions> options,
    IHostEnvironment environment,
    TimeProvider time
) : IMailTransport
{
    /// <summary>The folder as an absolute path.</summary>
    public static string Locate(MailOptions options, IHostEnvironment environment) =>
        Path.GetFullPath(options.PickupFolder!, environment.ContentRootPath);

    public async Task<MailDelivery> SendAsync(MimeMessage message)
    {
        var folder = Locate(options.Value, environment);
        Directory.CreateDirectory(folder);
        var stamp = time.GetUtcNow().ToString("yyyyMMdd-HHmmss-fff", CultureInfo.InvariantCulture);
        var path = Path.Combine(folder, $"{stamp}-{message.MessageId!.Split('@')[0]}.eml");
        // Complete or not there at all: somebody may be reading the folder.
        var unfinished = $"{path}.tmp";
        await message.WriteToAsync(unfinished);
        File.Move(unfinished, path, overwrite: true);
        return new MailDelivery(MailDeliveryStatus.Taken);
    }
}

using System.Text;
using MimeKit;

namespace Otp2fa.InfobipSimulator.Phone;

/// <summary>
/// The mail that another program leaves in a folder, read anew each time. That program may be writing or deleting at
/// the same moment: a file that is not there, not whole or no mail is passed over.
/// </summary>
internal sealed class MailFolder(string? path)
{
    public const int Shown = 50;

    // No mail of a development site is near this; a stray file of gigabytes must not be read every second.
    private const int LargestBytes = 1024 * 1024;

    /// <summary>Whether there is a folder to show; it need not exist yet.</summary>
    public bool IsShown => path is not null;

    /// <summary>The mails of the newest <see cref="Shown"/> files, by file name, newest first.</summary>
    public async Task<IReadOnlyList<PhoneMail>> NewestAsync(CancellationToken cancellationToken)
    {
        var mails = new List<PhoneMail>();
        foreach (var file in NewestFiles())
        {
            if (await ReadAsync(file, cancellationToken) is { } mail)
            {
                mails.Add(mail);
            }
        }

        return mails;
    }

    private List<string> NewestFiles()
    {
        try
        {
            return Directory.Exists(path)
                ?
                [
                    .. Directory
                        .EnumerateFiles(path, "*.eml")
                        .OrderByDescending(Path.GetFileName, StringComparer.Ordinal)
                        .Take(Shown),
                ]
                : [];
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static async Task<PhoneMail?> ReadAsync(
        string file,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await using var stream = new FileStream(
                file,
                FileMode.Open,
                FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete,
                bufferSize: 4096,
                useAsync: true
            );
            if (stream.Length > LargestBytes)
            {
                return null;
            }

            var bytes = new byte[stream.Length];
            await stream.ReadExactlyAsync(bytes, cancellationToken);
            using var content = new MemoryStream(bytes);
            using var mail = await MimeMessage.LoadAsync(content, cancellationToken);
            return !IsWhole(mail, bytes)
                ? null
                : new PhoneMail(
                    Path.GetFileName(file),
                    mail.To.ToString(),
                    mail.Subject ?? "",
                    mail.Date,
                    (mail.TextBody ?? "").ReplaceLineEndings("\n").TrimEnd(),
                    MailLinks.Of(mail)
                );
        }
        catch (Exception unreadable)
            when (unreadable is IOException or UnauthorizedAccessException or FormatException)
        {
            return null;
        }
    }

    /// <summary>Every mail has a date (RFC 5322, 3.6), and one in parts the boundary after the last (RFC 2046, 5.1.1).</summary>
    private static bool IsWhole(MimeMessage mail, ReadOnlySpan<byte> bytes) =>
        mail.Date != default
        && (
            mail.Body is not Multipart { Boundary: { } boundary }
            || bytes.LastIndexOf(Encoding.ASCII.GetBytes($"--{boundary}--")) >= 0
        );
}

using System.Net;

namespace Otp2fa.Web.Mail;

/// <summary>Section <c>Mail:Smtp</c>: the server that takes the mails.</summary>
public sealed class SmtpOptions
{
    /// <summary>Its name, which its certificate must carry.</summary>
    public string? Host { get; set; }

    /// <summary>1 to 65535. Default 587, the port of message submission (RFC 6409).</summary>
    public int Port { get; set; } = 587;

    /// <summary>How the connection is protected. Default <see cref="SmtpSecurity.StartTls"/>.</summary>
    public SmtpSecurity Security { get; set; } = SmtpSecurity.StartTls;

    /// <summary>With <see cref="Password"/>, or neither.</summary>
    public string? UserName { get; set; }

    /// <summary>A secret: from the environment or a secret store, never from a file in the repository.</summary>
    public string? Password { get; set; }

    /// <summary>The server is this machine, so that nothing crosses a network.</summary>
    internal bool IsLoopback =>
        string.Equals(Host, "localhost", StringComparison.OrdinalIgnoreCase)
        || IPAddress.TryParse(Host, out var address) && IPAddress.IsLoopback(address);
}

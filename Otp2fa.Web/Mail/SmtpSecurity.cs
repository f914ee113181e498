namespace Otp2fa.Web.Mail;

/// <summary>How the connection to the mail server is protected.</summary>
public enum SmtpSecurity
{
    /// <summary>Begins in clear and must change to TLS before anything is said (RFC 3207).</summary>
    StartTls,

    /// <summary>TLS from the first byte (RFC 8314), usually on port 465.</summary>
    ImplicitTls,

    /// <summary>In clear; towards this machine only.</summary>
    None,
}

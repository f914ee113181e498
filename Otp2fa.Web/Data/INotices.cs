namespace Otp2fa.Web.Data;

/// <summary>Tells an account's owner by mail what happened to it, if it is something to tell.</summary>
public interface INotices
{
    /// <summary>In the transaction of what happened, whose entry was just written.</summary>
    Task TellAsync(SecurityEvent happened);
}

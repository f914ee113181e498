namespace Otp2fa.Web.TwoFactor;

/// <summary>
/// Who makes, sends and checks PINs. Neither call is ever repeated by the site: a second send is a second message, a
/// second verify a second attempt. Neither takes a cancellation token, because once the request has left, giving up
/// with the browser would lose the answer; the implementation bounds both by its own time-out and never throws for
/// anything the far end does.
/// </summary>
public interface IPinProvider
{
    /// <summary>Asks for a new PIN to be made and sent by SMS. "Sent" means accepted, not delivered.</summary>
    Task<PinSendAnswer> SendAsync(PhoneNumber to);

    /// <summary>Asks whether <paramref name="pin"/> is the PIN behind <paramref name="pinId"/>.</summary>
    /// <param name="pinId">As the send answered it.</param>
    /// <param name="sentTo">The number it was sent to; an answer that names another number is not believed.</param>
    /// <param name="pin">The typed code.</param>
    Task<PinVerifyAnswer> VerifyAsync(string pinId, PhoneNumber sentTo, PinCode pin);
}

/// <summary>What became of a send.</summary>
public enum PinSendStatus
{
    Sent,

    /// <summary>The provider took the request and says the message will not reach the number.</summary>
    Undeliverable,

    /// <summary>The provider refused the request as wrong; a number it does not take, or our settings.</summary>
    Rejected,

    /// <summary>A limit of the provider; Infobip's usual one is per number and day, so trying again soon is pointless.</summary>
    Throttled,

    /// <summary>Credentials or ids are not accepted: the operator must act.</summary>
    Misconfigured,

    /// <summary>Not reachable, too slow, failing, or an answer that cannot be understood.</summary>
    Unavailable,
}

/// <param name="Status">What became of it.</param>
/// <param name="PinId">The provider's opaque id; set exactly when <see cref="PinSendStatus.Sent"/>.</param>
public sealed record PinSendAnswer(PinSendStatus Status, string? PinId = null)
{
    public override string ToString() => Status.ToString();
}

/// <summary>What the provider said of a typed PIN. Only <see cref="Verified"/> opens anything.</summary>
public enum PinVerifyStatus
{
    Verified,
    WrongPin,
    Expired,
    AttemptsExhausted,

    /// <summary>The provider does not know the pinId (any more).</summary>
    UnknownPin,

    /// <summary>Asked too often; says nothing about the PIN.</summary>
    Throttled,

    /// <summary>The provider refused the request as wrong: our fault, not the person's.</summary>
    Rejected,
    Misconfigured,

    /// <summary>Not reachable, too slow, failing, or an answer that cannot be believed. The provider may have counted it.</summary>
    Unavailable,
}

/// <param name="Status">What the provider said.</param>
/// <param name="AttemptsRemaining">The provider's own count, where it gave one.</param>
public sealed record PinVerifyAnswer(PinVerifyStatus Status, int? AttemptsRemaining = null);

namespace Otp2fa.Web.TwoFactor;

/// <summary>
/// Who makes, sends and checks PINs. Neither call is ever repeated by the site: a second send is a second message, a
/// second verify a second attempt. Neither takes a cancellation token, because once the request has left, giving up
/// with the browser would lose the answer; the implementation bounds both by its own time-out and never throws for
/// anything the far end does.
/// </summary>
public interface IPinProvider
{
    /// <summary>
    /// Whether the provider is known to be down, so that asking it for a PIN would come to nothing. Says nothing about what
    /// an account needs to sign in.
    /// </summary>
    bool IsDown { get; }

    /// <summary>Asks for a new PIN to be made and sent. "Sent" means accepted, not delivered.</summary>
    Task<PinSendAnswer> SendAsync(PhoneNumber to, PinChannel channel);

    /// <summary>
    /// Asks for the PIN behind <paramref name="pinId"/> to be sent once more: the same PIN under the same id, with the
    /// attempts and the time it has left.
    /// </summary>
    /// <param name="pinId">As the send answered it.</param>
    /// <param name="sentTo">The number it was sent to; an answer that names another number is not believed.</param>
    /// <param name="channel">How it goes out this time; a PIN sent by message may be spoken now.</param>
    Task<PinSendAnswer> ResendAsync(string pinId, PhoneNumber sentTo, PinChannel channel);

    /// <summary>Asks whether <paramref name="pin"/> is the PIN behind <paramref name="pinId"/>.</summary>
    /// <param name="pinId">As the send answered it.</param>
    /// <param name="sentTo">The number it was sent to; an answer that names another number is not believed.</param>
    /// <param name="pin">The typed code.</param>
    Task<PinVerifyAnswer> VerifyAsync(string pinId, PhoneNumber sentTo, PinCode pin);
}

/// <summary>How a PIN gets to the person.</summary>
public enum PinChannel
{
    Sms,

    /// <summary>A telephone call that speaks the PIN.</summary>
    Voice,
}

/// <summary>What became of a send.</summary>
public enum PinSendStatus
{
    Sent,

    /// <summary>The provider took the request and says that no message went out.</summary>
    NotSent,

    /// <summary>The provider looked the number up: it cannot be reached at present.</summary>
    Unreachable,

    /// <summary>The provider takes no such number at all.</summary>
    NumberRefused,

    /// <summary>A limit of the provider; Infobip's usual one is per number and day, so trying again soon is pointless.</summary>
    Throttled,

    /// <summary>A limit of the provider that by its own word is over in minutes.</summary>
    Busy,

    /// <summary>The provider refused the request as wrong: our settings or our fault, not the person's.</summary>
    Rejected,

    /// <summary>Of a resend: the provider does not know the pinId (any more).</summary>
    UnknownPin,

    /// <summary>Credentials or ids are not accepted: the operator must act.</summary>
    Misconfigured,

    /// <summary>Not reachable, too slow, failing, or an answer that cannot be understood.</summary>
    Unavailable,

    /// <summary>The provider is known to be down: it was not asked.</summary>
    NotAsked,

    /// <summary>As many codes are asked for right now as may be: the provider was not asked. Over in seconds.</summary>
    Crowded,
}

/// <param name="Status">What became of it.</param>
/// <param name="PinId">The provider's opaque id; set exactly when <see cref="PinSendStatus.Sent"/>.</param>
/// <param name="LacksLookup">A look-up of the number was asked for, and the account at the provider has none.</param>
public sealed record PinSendAnswer(
    PinSendStatus Status,
    string? PinId = null,
    bool LacksLookup = false
)
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

    /// <summary>The provider is known to be down: it was not asked, and has counted nothing.</summary>
    NotAsked,

    /// <summary>
    /// As many codes are checked right now as may be: the provider was not asked, and has counted nothing. Over in seconds.
    /// </summary>
    Crowded,
}

/// <param name="Status">What the provider said.</param>
/// <param name="AttemptsRemaining">The provider's own count, where it gave one.</param>
public sealed record PinVerifyAnswer(PinVerifyStatus Status, int? AttemptsRemaining = null);

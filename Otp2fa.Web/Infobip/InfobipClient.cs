using System.Text.Json;
using Flurl.Http;
using Microsoft.Extensions.Options;

namespace Otp2fa.Web.Infobip;

/// <summary>What the site asks of Infobip's 2FA API while people sign in, one method per call.</summary>
/// <param name="http">The factory's client, set up by <see cref="InfobipRegistration"/>.</param>
/// <param name="callers">Makes the calls.</param>
/// <param name="options">Ids and limits.</param>
internal sealed class InfobipClient(
    HttpClient http,
    InfobipCallers callers,
    IOptions<InfobipOptions> options
)
{
    private readonly InfobipCaller caller = callers.Over(http);

    /// <summary>Asks for a new PIN by message to <paramref name="digits"/>, a number without its plus sign.</summary>
    public Task<InfobipReply> SendPinAsync(string digits) =>
        caller.PostAsync(
            "/2fa/2/pin",
            caller
                .Request("2fa", "2", "pin")
                .SetQueryParam("ncNeeded", options.Value.NumberLookup ? "true" : "false"),
            SendBody(digits),
            CancellationToken.None
        );

    /// <summary>Asks for a new PIN by a telephone call; this one takes no look-up of the number.</summary>
    public Task<InfobipReply> CallWithPinAsync(string digits) =>
        caller.PostAsync(
            "/2fa/2/pin/voice",
            caller.Request("2fa", "2", "pin", "voice"),
            SendBody(digits),
            CancellationToken.None
        );

    /// <summary>Asks for the PIN behind <paramref name="pinId"/> once more by message.</summary>
    public Task<InfobipReply> ResendPinAsync(string pinId) =>
        caller.PostAsync(
            "/2fa/2/pin/{pinId}/resend",
            caller.Request([.. PinPath(pinId), "resend"]),
            ResendBody(),
            CancellationToken.None
        );

    /// <summary>Asks for the PIN behind <paramref name="pinId"/> once more by a telephone call.</summary>
    public Task<InfobipReply> CallAgainWithPinAsync(string pinId) =>
        caller.PostAsync(
            "/2fa/2/pin/{pinId}/resend/voice",
            caller.Request([.. PinPath(pinId), "resend", "voice"]),
            ResendBody(),
            CancellationToken.None
        );

    /// <summary>Reads what became of the PINs of a number.</summary>
    /// <param name="digits">The number without its plus sign.</param>
    public Task<InfobipReply> ReadVerificationsAsync(string digits) =>
        caller.GetAsync(
            "/2fa/2/applications/{appId}/verifications",
            caller.Request([.. ApplicationPath(), "verifications"]).SetQueryParam("msisdn", digits),
            CancellationToken.None
        );

    /// <summary>Asks whether <paramref name="pin"/> is the PIN behind <paramref name="pinId"/>.</summary>
    /// <param name="pinId">One that <see cref="PinIds.IsUsable"/> accepts.</param>
    /// <param name="pin">Digits.</param>
    /// <param name="stop">Gives it up: for a PIN that nobody waits for.</param>
    public Task<InfobipReply> VerifyPinAsync(string pinId, string pin, CancellationToken stop) =>
        caller.PostAsync(
            "/2fa/2/pin/{pinId}/verify",
            caller.Request([.. PinPath(pinId), "verify"]),
            JsonSerializer.SerializeToUtf8Bytes(
                new PinVerifyRequest(pin),
                InfobipJson.Default.PinVerifyRequest
            ),
            stop
        );

    private static byte[] ResendBody() =>
        JsonSerializer.SerializeToUtf8Bytes(
            new PinResendRequest(),
            InfobipJson.Default.PinResendRequest
        );

    private static object[] PinPath(string pinId) =>
        ["2fa", "2", "pin", InfobipCaller.Escaped(pinId)];

    private object[] ApplicationPath() =>
        ["2fa", "2", "applications", InfobipCaller.Escaped(options.Value.ApplicationId!)];

    private byte[] SendBody(string digits)
    {
        var settings = options.Value;
        return JsonSerializer.SerializeToUtf8Bytes(
            new PinSendRequest(
                settings.ApplicationId!,
                settings.MessageId!,
                digits,
                settings.Sender
            ),
            InfobipJson.Default.PinSendRequest
        );
    }
}

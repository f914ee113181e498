using System.Security.Cryptography;

namespace Otp2fa.Web.Infobip;

/// <summary>
/// Asks Infobip for a PIN that does not exist, so that nobody has to wait for a try with a code of their own. No message
/// goes out and nothing is counted; "there is no such PIN" is the good answer.
/// </summary>
internal sealed class InfobipProbe(IServiceScopeFactory scopes)
{
    public Task<CallHealth> TrySendAsync() =>
        AskAsync(static (client, pinId) => client.ResendPinAsync(pinId));

    public Task<CallHealth> TryCheckAsync() =>
        AskAsync(
            static (client, pinId) => client.VerifyPinAsync(pinId, "000000", CancellationToken.None)
        );

    /// <summary>Whether the key of the site may check a PIN.</summary>
    public async Task<KeyVerdict> AskWithSiteKeyAsync(CancellationToken stop)
    {
        var reply = await ReplyAsync(
            (client, pinId) => client.VerifyPinAsync(pinId, "000000", stop)
        );
        return (StatusRules.Classify(reply), reply.Status) switch
        {
            (StatusClass.Misconfigured, 403) => KeyVerdict.NotAllowed,
            (StatusClass.Misconfigured, _) => KeyVerdict.NotKnown,
            (StatusClass.Throttled, _) => KeyVerdict.NotSaid,
            // Some gateway's own page proves nothing; Infobip names its errors.
            (StatusClass.NotFound, _) when reply.ReadErrorCode() is null => KeyVerdict.NotReached,
            _ => IsBad(reply) ? KeyVerdict.NotReached : KeyVerdict.Good,
        };
    }

    private async Task<CallHealth> AskAsync(Func<InfobipClient, string, Task<InfobipReply>> call)
    {
        var reply = await ReplyAsync(call);
        return new CallHealth(IsBad(reply), reply.Elapsed);
    }

    private async Task<InfobipReply> ReplyAsync(
        Func<InfobipClient, string, Task<InfobipReply>> call
    )
    {
        await using var scope = scopes.CreateAsyncScope();
        var client = scope.ServiceProvider.GetRequiredService<InfobipClient>();
        return await call(client, Convert.ToHexString(RandomNumberGenerator.GetBytes(16)));
    }

    // "No such PIN" and "too fast" are Infobip's own answers; a page of some gateway that says 200 is not.
    private static bool IsBad(InfobipReply reply) =>
        StatusRules.Classify(reply) switch
        {
            StatusClass.NotFound or StatusClass.Throttled => false,
            StatusClass.BadRequest => reply.ReadErrorCode() is null,
            StatusClass.Ok => reply.Read(InfobipJson.Default.PinVerifyResponse) is null,
            StatusClass.Misconfigured or StatusClass.Unavailable => true,
        };
}

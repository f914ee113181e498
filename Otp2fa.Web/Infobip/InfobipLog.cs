namespace Otp2fa.Web.Infobip;

/// <summary>What a log line may tell of one call; no pinId, PIN, key, full number, URL, body or exception text.</summary>
/// <param name="Operation">Which call.</param>
/// <param name="LastDigits">The last two of the number.</param>
/// <param name="HttpStatus">0: none arrived.</param>
/// <param name="Code">Infobip's identifier, cleaned.</param>
/// <param name="RequestId">Infobip's id of the call, cleaned: what its support asks for.</param>
/// <param name="ElapsedMs">From the start to the last byte read.</param>
internal readonly record struct CallFacts(
    string Operation,
    string LastDigits,
    int HttpStatus,
    string Code,
    string RequestId,
    long ElapsedMs
)
{
    /// <summary>Stands where there is no code, request id or error; the generated formatter prints a null as nothing.</summary>
    public const string None = "none";
}

/// <summary>Event ids 3000 to 3099.</summary>
internal static partial class InfobipLog
{
    public static void Report(
        this ILogger logger,
        Finding finding,
        string outcome,
        CallFacts call,
        InfobipReply reply
    )
    {
        var (operation, lastDigits, status, code, requestId, elapsedMs) = call;
        switch (finding)
        {
            case Finding.None:
                Answered(
                    logger,
                    operation,
                    lastDigits,
                    outcome,
                    status,
                    code,
                    requestId,
                    elapsedMs
                );
                break;
            case Finding.Throttled:
                Throttled(logger, operation, lastDigits, status, code, requestId, elapsedMs);
                break;
            case Finding.Undeliverable:
                Undeliverable(logger, operation, lastDigits, status, code, requestId, elapsedMs);
                break;
            case Finding.Rejected:
                Rejected(logger, operation, lastDigits, status, code, requestId, elapsedMs);
                break;
            case Finding.Misconfigured:
                Misconfigured(logger, operation, lastDigits, status, code, requestId, elapsedMs);
                break;
            case Finding.Unavailable:
                Unavailable(
                    logger,
                    operation,
                    lastDigits,
                    reply.Fault,
                    reply.ErrorType ?? CallFacts.None,
                    reply.TransportError?.ToString() ?? CallFacts.None,
                    status,
                    code,
                    requestId,
                    elapsedMs
                );
                break;
            case Finding.Foreign:
                Foreign(logger, operation, lastDigits, status, code, requestId, elapsedMs);
                break;
            case Finding.Contradiction:
                Contradiction(logger, operation, lastDigits, status, code, requestId, elapsedMs);
                break;
        }
    }

    [LoggerMessage(
        3000,
        LogLevel.Information,
        "Infobip {Operation} for number ending {LastDigits}: {Outcome}. HTTP {HttpStatus}, code {InfobipCode}, request {InfobipRequestId}, {ElapsedMs} ms"
    )]
    private static partial void Answered(
        ILogger logger,
        string operation,
        string lastDigits,
        string outcome,
        int httpStatus,
        string infobipCode,
        string infobipRequestId,
        long elapsedMs
    );

    [LoggerMessage(
        3001,
        LogLevel.Warning,
        "Infobip {Operation} for number ending {LastDigits} hit a limit of Infobip. HTTP {HttpStatus}, code {InfobipCode}, request {InfobipRequestId}, {ElapsedMs} ms"
    )]
    private static partial void Throttled(
        ILogger logger,
        string operation,
        string lastDigits,
        int httpStatus,
        string infobipCode,
        string infobipRequestId,
        long elapsedMs
    );

    [LoggerMessage(
        3002,
        LogLevel.Warning,
        "Infobip {Operation} for number ending {LastDigits}: the message will not reach it. HTTP {HttpStatus}, code {InfobipCode}, request {InfobipRequestId}, {ElapsedMs} ms"
    )]
    private static partial void Undeliverable(
        ILogger logger,
        string operation,
        string lastDigits,
        int httpStatus,
        string infobipCode,
        string infobipRequestId,
        long elapsedMs
    );

    [LoggerMessage(
        3003,
        LogLevel.Error,
        "Infobip {Operation} for number ending {LastDigits} was refused as wrong: check Infobip:ApplicationId and Infobip:MessageId, or the number is one Infobip does not take. HTTP {HttpStatus}, code {InfobipCode}, request {InfobipRequestId}, {ElapsedMs} ms"
    )]
    private static partial void Rejected(
        ILogger logger,
        string operation,
        string lastDigits,
        int httpStatus,
        string infobipCode,
        string infobipRequestId,
        long elapsedMs
    );

    [LoggerMessage(
        3004,
        LogLevel.Error,
        "Infobip {Operation} for number ending {LastDigits} was not authorized: check Infobip:ApiKey, its scopes and Infobip:BaseUrl. HTTP {HttpStatus}, code {InfobipCode}, request {InfobipRequestId}, {ElapsedMs} ms"
    )]
    private static partial void Misconfigured(
        ILogger logger,
        string operation,
        string lastDigits,
        int httpStatus,
        string infobipCode,
        string infobipRequestId,
        long elapsedMs
    );

    [LoggerMessage(
        3005,
        LogLevel.Error,
        "Infobip {Operation} for number ending {LastDigits} got no answer that can be used: fault {Fault}, {ErrorType} {TransportError}. HTTP {HttpStatus}, code {InfobipCode}, request {InfobipRequestId}, {ElapsedMs} ms"
    )]
    private static partial void Unavailable(
        ILogger logger,
        string operation,
        string lastDigits,
        ReplyFault fault,
        string errorType,
        string transportError,
        int httpStatus,
        string infobipCode,
        string infobipRequestId,
        long elapsedMs
    );

    [LoggerMessage(
        3006,
        LogLevel.Error,
        "Infobip {Operation} for number ending {LastDigits} was answered for another PIN or number, and is not believed. HTTP {HttpStatus}, code {InfobipCode}, request {InfobipRequestId}, {ElapsedMs} ms"
    )]
    private static partial void Foreign(
        ILogger logger,
        string operation,
        string lastDigits,
        int httpStatus,
        string infobipCode,
        string infobipRequestId,
        long elapsedMs
    );

    [LoggerMessage(
        3007,
        LogLevel.Error,
        "Infobip {Operation} for number ending {LastDigits} was answered as verified and as failed at once, and is not believed. HTTP {HttpStatus}, code {InfobipCode}, request {InfobipRequestId}, {ElapsedMs} ms"
    )]
    private static partial void Contradiction(
        ILogger logger,
        string operation,
        string lastDigits,
        int httpStatus,
        string infobipCode,
        string infobipRequestId,
        long elapsedMs
    );

    [LoggerMessage(
        3008,
        LogLevel.Error,
        "Infobip {Operation} for number ending {LastDigits} was not sent: the kept id cannot be one of Infobip's"
    )]
    public static partial void UnusablePinId(
        this ILogger logger,
        string operation,
        string lastDigits
    );
}

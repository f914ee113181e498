using System.Text;
using Otp2fa.InfobipSimulator.Assumptions;
using Otp2fa.InfobipSimulator.Calls;
using Otp2fa.InfobipSimulator.Faults;

namespace Otp2fa.InfobipSimulator.Api;

/// <summary>
/// What all operations share: authorization, the account's limit, the planned fault, the log, the answer. Once a call
/// has arrived it runs to its end even when the caller has gone, as it would at Infobip. A call refused at the door uses
/// up no fault.
/// </summary>
internal sealed class OperationRunner(
    Doorkeeper doorkeeper,
    ErrorAnswers errors,
    AssumptionsInForce assumptions,
    FaultPlan faults,
    CallLog calls,
    TimeProvider time,
    CancellationToken stopping
)
{
    public async Task RunAsync(HttpContext context, IOperation operation)
    {
        var arrived = new Call(operation.Kind, time.GetUtcNow())
        {
            PinId = context.Request.RouteValues["pinId"] as string,
        };
        if (doorkeeper.Refusal(context.Request, operation) is { } refusal)
        {
            calls.Begin(arrived with { Outcome = refusal.Outcome, Status = refusal.Answer.Status });
            await AnswerWriter.WriteAsync(context, refusal.Answer, stopping);
            return;
        }

        var body = await ReadBodyAsync(context.Request);
        var fault = faults.Take(operation.Kind);
        var call = calls.Begin(arrived with { Fault = fault });
        await WaitAsync(fault?.Delay);

        var result = fault?.RunsOperation is false
            ? null
            : operation.Execute(
                new OperationRequest(
                    context.Request.RouteValues,
                    context.Request.Query,
                    body,
                    context.Request.HasJsonContentType(),
                    assumptions.Current,
                    fault
                )
            );
        var answer = Distort(result?.Answer, fault);
        call.Complete(pending =>
            pending with
            {
                Outcome = result?.Outcome ?? CallOutcome.NotReached,
                PinId = result?.PinId ?? pending.PinId,
                Number = result?.Number,
                Status = fault?.Abort is true ? null : answer.Status,
            }
        );

        await WaitAsync(fault?.AnswerDelay);
        if (fault is not null)
        {
            await fault.AnswerAfter.WaitAsync(stopping);
        }

        if (fault?.Abort is true)
        {
            context.Abort();
            return;
        }

        if (fault?.BytePause is { } pause)
        {
            await AnswerWriter.DripAsync(context, answer, pause, time, stopping);
            return;
        }

        await AnswerWriter.WriteAsync(context, answer, stopping);
    }

    private static async Task<ReadOnlyMemory<byte>> ReadBodyAsync(HttpRequest request)
    {
        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer, request.HttpContext.RequestAborted);
        return buffer.ToArray();
    }

    private Task WaitAsync(TimeSpan? delay) =>
        delay is { } wait && wait > TimeSpan.Zero
            ? Task.Delay(wait, time, stopping)
            : Task.CompletedTask;

    private Answer Distort(Answer? answer, Fault? fault)
    {
        if (fault is null)
        {
            return answer!;
        }

        var distorted = fault.Status is { } status
            ? Error(status, fault)
            : answer ?? new Answer(StatusCodes.Status200OK, ReadOnlyMemory<byte>.Empty);
        if (fault.Body is not null)
        {
            distorted = distorted with
            {
                Body = Encoding.UTF8.GetBytes(fault.Body),
                ContentType = fault.ContentType,
            };
        }
        else if (fault.BodyBytes is { } bytes)
        {
            distorted = distorted with { Body = JsonOfSize(bytes) };
        }

        return distorted with
        {
            RetryAfter = fault.RetryAfter ?? distorted.RetryAfter,
        };
    }

    private Answer Error(int status, Fault fault)
    {
        var own = fault.Envelope is { } envelope ? errors.In(envelope) : errors;
        return fault.MessageId is { } messageId
            ? own.Of(status, messageId, messageId)
            : own.Of(status);
    }

    private static byte[] JsonOfSize(int bytes) =>
        Encoding.ASCII.GetBytes("{\"x\":\"" + new string('x', Math.Max(0, bytes - 8)) + "\"}");
}

using Otp2fa.InfobipSimulator.Pins;

namespace Otp2fa.InfobipSimulator.Api;

/// <summary>
/// One operation of Infobip's API. Authorization, faults, the log and the writing of the answer are the runner's, so a
/// new operation is one class and one line where the host lists them.
/// </summary>
internal interface IOperation
{
    InfobipOperation Kind { get; }

    string Method { get; }

    string Pattern { get; }

    /// <summary>The least a key must be allowed to do; a key that may manage may do everything.</summary>
    InfobipScope Scope => InfobipScope.SendPin;

    /// <summary>The published limit of the operation for the whole account, if it has one.</summary>
    RateLimit? PublishedLimit => null;

    OperationResult Execute(OperationRequest request);
}

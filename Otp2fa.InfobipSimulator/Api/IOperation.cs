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

    OperationResult Execute(OperationRequest request);
}

namespace Otp2fa.Web.Operations.Setup;

/// <summary>What the check at the start found, for the health of this instance.</summary>
internal sealed class SetupState
{
    private SetupExamination? examination;

    /// <summary>The newest; null as long as nobody has looked.</summary>
    public SetupExamination? Examination
    {
        get => Volatile.Read(ref examination);
        set => Volatile.Write(ref examination, value);
    }
}

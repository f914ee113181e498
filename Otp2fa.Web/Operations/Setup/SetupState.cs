namespace Otp2fa.Web.Operations.Setup;

/// <summary>What the check at the start found, for the health of this instance.</summary>
internal sealed class SetupState
{
    private IReadOnlyList<SetupFinding>? findings;

    /// <summary>Null as long as nobody has looked.</summary>
    public IReadOnlyList<SetupFinding>? Findings
    {
        get => Volatile.Read(ref findings);
        set => Volatile.Write(ref findings, value);
    }
}

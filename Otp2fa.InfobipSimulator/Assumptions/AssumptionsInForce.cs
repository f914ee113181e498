namespace Otp2fa.InfobipSimulator.Assumptions;

/// <summary>The assumptions of a running simulator. A request sees one state of them from its beginning to its end.</summary>
internal sealed class AssumptionsInForce
{
    private readonly Lock gate = new();
    private readonly SimulatorAssumptions initial;
    private SimulatorAssumptions current;

    public AssumptionsInForce(SimulatorAssumptions initial)
    {
        ArgumentNullException.ThrowIfNull(initial);
        this.initial = initial;
        current = initial;
    }

    public SimulatorAssumptions Current
    {
        get
        {
            lock (gate)
            {
                return current;
            }
        }
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            lock (gate)
            {
                current = value;
            }
        }
    }

    /// <summary>Changes some switches without losing a change another caller makes at the same time.</summary>
    public void Change(Func<SimulatorAssumptions, SimulatorAssumptions> change)
    {
        lock (gate)
        {
            current = change(current);
        }
    }

    public void Reset() => Current = initial;
}

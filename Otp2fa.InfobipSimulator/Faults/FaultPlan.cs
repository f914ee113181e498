using Otp2fa.InfobipSimulator.Api;

namespace Otp2fa.InfobipSimulator.Faults;

/// <summary>
/// Which calls will go wrong. Faults for a number of calls are met in the order they were planned; the one for all
/// calls applies to those in between and after, until cleared.
/// </summary>
public sealed class FaultPlan
{
    private readonly Lock gate = new();
    private readonly List<PlannedFault> planned = [];

    internal FaultPlan() { }

    public IReadOnlyList<PlannedFault> Planned
    {
        get
        {
            lock (gate)
            {
                return [.. planned];
            }
        }
    }

    public void ForNext(InfobipOperation operation, Fault fault, int calls = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(calls, 1);
        Check(fault);
        lock (gate)
        {
            planned.Add(new PlannedFault(operation, fault, calls));
        }
    }

    /// <summary>Replaces an earlier fault for all calls of the operation.</summary>
    public void ForAll(InfobipOperation operation, Fault fault)
    {
        Check(fault);
        lock (gate)
        {
            planned.RemoveAll(plan => plan.Operation == operation && plan.Calls is null);
            planned.Add(new PlannedFault(operation, fault, Calls: null));
        }
    }

    public void Clear()
    {
        lock (gate)
        {
            planned.Clear();
        }
    }

    public void Clear(InfobipOperation operation)
    {
        lock (gate)
        {
            planned.RemoveAll(plan => plan.Operation == operation);
        }
    }

    internal Fault? Take(InfobipOperation operation)
    {
        lock (gate)
        {
            var index = planned.FindIndex(plan =>
                plan.Operation == operation && plan.Calls is not null
            );
            if (index < 0)
            {
                return planned.Find(plan => plan.Operation == operation)?.Fault;
            }

            var plan = planned[index];
            if (plan.Calls == 1)
            {
                planned.RemoveAt(index);
            }
            else
            {
                planned[index] = plan with { Calls = plan.Calls - 1 };
            }

            return plan.Fault;
        }
    }

    private static void Check(Fault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        if (fault.Problem() is { } problem)
        {
            throw new ArgumentException(problem, nameof(fault));
        }
    }
}

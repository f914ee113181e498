using Otp2fa.InfobipSimulator.Api;

namespace Otp2fa.InfobipSimulator.Calls;

/// <summary>
/// Every call to an operation in order of arrival. A call is in the log from the moment it arrives and has its outcome
/// before the first byte of the answer is written, so a caller that holds the answer finds it here.
/// </summary>
public sealed class CallLog
{
    private readonly Lock gate = new();
    private readonly List<Entry> entries = [];

    internal CallLog() { }

    public IReadOnlyList<Call> All
    {
        get
        {
            lock (gate)
            {
                return [.. entries.Select(entry => entry.Call)];
            }
        }
    }

    public IReadOnlyList<Call> Of(InfobipOperation operation) =>
        [.. All.Where(call => call.Operation == operation)];

    public int Count(InfobipOperation operation) => All.Count(call => call.Operation == operation);

    public int Count(InfobipOperation operation, CallOutcome outcome) =>
        All.Count(call => call.Operation == operation && call.Outcome == outcome);

    public void Clear()
    {
        lock (gate)
        {
            entries.Clear();
        }
    }

    internal Entry Begin(Call call)
    {
        var entry = new Entry(this, call);
        lock (gate)
        {
            entries.Add(entry);
        }

        return entry;
    }

    /// <summary>A call under way; completing it replaces what the log shows.</summary>
    internal sealed class Entry(CallLog log, Call call)
    {
        public Call Call { get; private set; } = call;

        public void Complete(Func<Call, Call> change)
        {
            lock (log.gate)
            {
                Call = change(Call);
            }
        }
    }
}

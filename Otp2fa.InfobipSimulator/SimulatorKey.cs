using Otp2fa.InfobipSimulator.Api;

namespace Otp2fa.InfobipSimulator;

/// <summary>An API key besides the main one. With no scope it is a key of another product: known, and refused with 403.</summary>
public sealed record SimulatorKey(string Value, IReadOnlyList<InfobipScope> Scopes)
{
    /// <summary>Without the key: options end up in logs and test output.</summary>
    public override string ToString() => $"Key with {string.Join(", ", Scopes)}";
}

using System.Diagnostics.CodeAnalysis;
using Otp2fa.InfobipSimulator.Api.Wire;
using Otp2fa.InfobipSimulator.Assumptions;
using Otp2fa.InfobipSimulator.Pins;

namespace Otp2fa.InfobipSimulator.Api.Applications;

/// <summary>What creating and updating an application have in common: the same body, with a name in both.</summary>
internal static class ApplicationFields
{
    /// <param name="request">The call.</param>
    /// <param name="body">Its body, whose rules that need no application have been checked.</param>
    /// <param name="violations">What is wrong, by property; the test reads over the documented defaults.</param>
    public static bool TryRead(
        OperationRequest request,
        [NotNullWhen(true)] out ApplicationRequest? body,
        out Dictionary<string, string[]> violations
    )
    {
        violations = new Dictionary<string, string[]>(StringComparer.Ordinal);
        if (!request.TryReadBody(WireJson.Default.ApplicationRequest, out body))
        {
            return false;
        }

        if (string.IsNullOrWhiteSpace(body.Name))
        {
            violations["name"] = ["must not be blank"];
        }

        _ = new ConfigurationFields(request.Assumptions, violations).Read(
            body.Configuration,
            new PinConfiguration()
        );
        return violations.Count == 0;
    }

    /// <summary>The configuration with what a checked body changes.</summary>
    public static PinConfiguration Configure(
        ApplicationRequest body,
        PinConfiguration initial,
        SimulatorAssumptions assumptions
    ) => new ConfigurationFields(assumptions, []).Read(body.Configuration, initial);
}

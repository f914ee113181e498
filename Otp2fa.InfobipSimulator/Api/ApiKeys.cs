namespace Otp2fa.InfobipSimulator.Api;

/// <summary>Who may do what, by the exact <c>Authorization</c> header.</summary>
internal sealed class ApiKeys
{
    private readonly Dictionary<string, IReadOnlyList<InfobipScope>> scopes = new(
        StringComparer.Ordinal
    );

    /// <exception cref="ArgumentException">A key is blank or there twice.</exception>
    public ApiKeys(SimulatorOptions options)
    {
        foreach (
            var key in options.AdditionalKeys.Prepend(
                new SimulatorKey(options.ApiKey, [InfobipScope.Manage])
            )
        )
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(key.Value, nameof(options));
            if (!scopes.TryAdd("App " + key.Value, key.Scopes))
            {
                throw new ArgumentException("A key is there twice.", nameof(options));
            }
        }
    }

    /// <summary>Whether the key may do what needs the scope; null for an unknown key.</summary>
    public bool? Allows(string authorization, InfobipScope needed) =>
        scopes.TryGetValue(authorization, out var held)
            ? held.Contains(needed) || held.Contains(InfobipScope.Manage)
            : null;
}

namespace Otp2fa.InfobipSimulator.Pins;

/// <summary>
/// The applications this simulator knows, with their templates. Applications are never removed: Infobip has no address
/// for it.
/// </summary>
internal sealed class ApplicationStore
{
    private readonly Lock gate = new();
    private readonly OrderedDictionary<string, PinApplication> applications = new(
        StringComparer.Ordinal
    );

    /// <exception cref="ArgumentException">An application breaks a rule Infobip documents, or its id is taken.</exception>
    public ApplicationStore(IEnumerable<PinApplication> seeded)
    {
        foreach (var application in seeded)
        {
            var violations = application
                .Configuration.Violations()
                .Concat(application.Templates.SelectMany(template => template.Violations()))
                .Select(violation => $"{violation.Key} {string.Join(", ", violation.Value)}")
                .ToList();
            if (violations.Count > 0)
            {
                throw new ArgumentException(
                    $"Application '{application.ApplicationId}': {string.Join("; ", violations)}.",
                    nameof(seeded)
                );
            }

            if (!applications.TryAdd(application.ApplicationId, application))
            {
                throw new ArgumentException(
                    $"Two applications have the id '{application.ApplicationId}'.",
                    nameof(seeded)
                );
            }
        }
    }

    /// <summary>In the order in which they came.</summary>
    public IReadOnlyList<PinApplication> All
    {
        get
        {
            lock (gate)
            {
                return [.. applications.Values];
            }
        }
    }

    public PinApplication? Find(string applicationId)
    {
        lock (gate)
        {
            return applications.GetValueOrDefault(applicationId);
        }
    }

    public void Add(PinApplication application)
    {
        lock (gate)
        {
            applications.Add(application.ApplicationId, application);
        }
    }

    /// <summary>
    /// Changes an application that is there, templates included. Changes are made one after the other, so two partial
    /// updates at the same time both take effect.
    /// </summary>
    /// <returns>The application after the change; null when it does not exist.</returns>
    public PinApplication? Change(string applicationId, Func<PinApplication, PinApplication> change)
    {
        lock (gate)
        {
            if (applications.GetValueOrDefault(applicationId) is not { } application)
            {
                return null;
            }

            return applications[applicationId] = change(application);
        }
    }
}

using System.Collections.Concurrent;

namespace Otp2fa.InfobipSimulator.Pins;

/// <summary>The applications this simulator knows, with their templates.</summary>
internal sealed class ApplicationStore
{
    private readonly ConcurrentDictionary<string, PinApplication> applications = new(
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

    public PinApplication? Find(string applicationId) =>
        applications.GetValueOrDefault(applicationId);
}

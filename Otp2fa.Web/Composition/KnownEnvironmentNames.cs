namespace Otp2fa.Web.Composition;

/// <summary>
/// The names that an environment for Infobip's 2FA usually has already: what stands in them is taken where the setting's own
/// name is not given in any other way.
/// </summary>
internal static class KnownEnvironmentNames
{
    private const string Prefix = "INFOBIP_";

    private static readonly (string Known, string Setting)[] Names =
    [
        ("BASE_URL", "Infobip:BaseUrl"),
        ("API_KEY", "Infobip:ApiKey"),
        ("APP_ID", "Infobip:ApplicationId"),
        ("MSG_ID", "Infobip:MessageId"),
    ];

    public static void ReadKnownEnvironmentNames(this WebApplicationBuilder builder)
    {
        var environment = new ConfigurationBuilder().AddEnvironmentVariables(Prefix).Build();
        var settings = Names
            .Select(name => KeyValuePair.Create(name.Setting, environment[name.Known]))
            .Where(setting => !string.IsNullOrWhiteSpace(setting.Value))
            .ToList();
        if (settings.Count > 0)
        {
            // First of the sources, so that every other one wins over it.
            builder.Configuration.Sources.Insert(
                0,
                new Microsoft.Extensions.Configuration.Memory.MemoryConfigurationSource
                {
                    InitialData = settings,
                }
            );
        }
    }
}

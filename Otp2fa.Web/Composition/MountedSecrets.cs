using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Options;

namespace Otp2fa.Web.Composition;

internal static class MountedSecrets
{
    /// <summary>Where orchestrators mount secrets as files; none is needed. Read from the environment and the command line.</summary>
    public const string Setting = "SecretsFolder";

    /// <summary>
    /// Every file of the folder is one setting: its name with __ for the colon, such as Infobip__ApiKey, its text the value
    /// (R36). Environment variables and the command line win over it.
    /// </summary>
    public static void ReadMountedSecrets(this WebApplicationBuilder builder)
    {
        if (builder.Configuration[Setting] is not { Length: > 0 } folder)
        {
            return;
        }

        if (!Directory.Exists(folder))
        {
            throw new OptionsValidationException(
                Setting,
                typeof(string),
                [$"{Setting} names a folder that is not there."]
            );
        }

        var sources = builder.Configuration.Sources;
        var files = new ConfigurationBuilder()
            .AddKeyPerFile(Path.GetFullPath(folder), optional: false)
            .Sources[0];
        var environment = sources
            .Select((source, i) => (source, i))
            .LastOrDefault(one => one.source is EnvironmentVariablesConfigurationSource);
        sources.Insert(environment.source is null ? sources.Count : environment.i, files);
    }
}

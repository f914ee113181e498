using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.FileProviders;

namespace Otp2fa.Web.Composition;

internal static class DevelopmentSettings
{
    /// <summary>
    /// <c>appsettings.Development.json</c> lives at the top of the repository and is copied beside the program. The
    /// framework looks for it in the content root; its entry is replaced where it stands in the list, so that user
    /// secrets, environment variables and the command line still win over it.
    /// </summary>
    public static void ReadDevelopmentSettingsBesideProgram(this WebApplicationBuilder builder)
    {
        const string name = "appsettings.Development.json";
        var sources = builder.Configuration.Sources;
        for (var i = 0; i < sources.Count; i++)
        {
            if (sources[i] is JsonConfigurationSource json && json.Path == name)
            {
                sources[i] = new JsonConfigurationSource
                {
                    Path = name,
                    Optional = true,
                    ReloadOnChange = json.ReloadOnChange,
                    FileProvider = new PhysicalFileProvider(AppContext.BaseDirectory),
                };
            }
        }
    }
}

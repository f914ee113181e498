using System.Runtime.CompilerServices;

namespace Otp2fa.Web.Tests.Support;

internal static class TestRun
{
    /// <summary>Each default host watches its settings files; some 126 of them exhaust the system's inotify instances.</summary>
    [ModuleInitializer]
    internal static void Prepare() =>
        Environment.SetEnvironmentVariable("DOTNET_hostBuilder__reloadConfigOnChange", "false");
}

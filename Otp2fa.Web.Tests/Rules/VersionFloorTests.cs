using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Newtonsoft.Json;

namespace Otp2fa.Web.Tests.Rules;

/// <summary>What is loaded is not older than the newest flaw that we know of: package sources do not always tell.</summary>
[Trait("Covers", "R29")]
public sealed class VersionFloorTests
{
    [Theory]
    [InlineData(typeof(IDataProtectionProvider), "10.0.7", "CVE-2026-40372")]
    [InlineData(typeof(KestrelServer), "10.0.0", "CVE-2025-55315")]
    [InlineData(typeof(JsonConvert), "13.0.1", "CVE-2024-21907")]
    public void An_assembly_is_at_or_above_its_floor(Type type, string floor, string reason)
    {
        var file = System.Diagnostics.FileVersionInfo.GetVersionInfo(type.Assembly.Location);
        var version = new Version(file.FileMajorPart, file.FileMinorPart, file.FileBuildPart);

        // Versions of shared framework files are 10.0.<servicing> followed by a build; those of packages are the package's.
        Assert.True(
            version >= Version.Parse(floor),
            $"{type.Assembly.GetName().Name} {file.FileVersion} is below {floor} ({reason})"
        );
    }

    [Fact]
    public void The_runtime_is_at_or_above_its_floor()
    {
        Assert.True(Environment.Version >= new Version(10, 0, 7), $"{Environment.Version}");
    }
}

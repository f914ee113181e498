using System.Text.RegularExpressions;
using Otp2fa.InfobipSimulator;
using Otp2fa.Web.Tests.Site;

namespace Otp2fa.Web.Tests.Support;

/// <summary>
/// What a command says as a whole, against a file in Snapshots. With OTP2FA_UPDATE_SNAPSHOTS set the files are written anew;
/// the difference is for a person to read.
/// </summary>
internal static partial class Snapshot
{
    private static readonly string Folder = Path.Combine(
        Repository.Root,
        "Otp2fa.Web.Tests",
        "Snapshots"
    );

    public static void ShouldMatch(string name, OperatorAnswer answer, SimulatorHost infobip)
    {
        var text = Times()
            .Replace(
                Ids()
                    .Replace(
                        answer.Output.Replace(
                            infobip.BaseAddress.Authority,
                            "HOST",
                            StringComparison.Ordinal
                        ),
                        "ID"
                    ),
                "TIME"
            );
        var path = Path.Combine(Folder, $"{name}.txt");
        if (Environment.GetEnvironmentVariable("OTP2FA_UPDATE_SNAPSHOTS") is not null)
        {
            Directory.CreateDirectory(Folder);
            File.WriteAllText(path, text);
        }

        Assert.Equal(File.ReadAllText(path), text, ignoreLineEndingDifferences: true);
    }

    [GeneratedRegex("[0-9A-F]{32}", RegexOptions.NonBacktracking)]
    private static partial Regex Ids();

    [GeneratedRegex(
        "(?<=after )[0-9.]+(?= s)|(?<=\"seconds\": )[0-9.E-]+",
        RegexOptions.None,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Times();
}

namespace Otp2fa.Web.Tests.RealBrowser;

/// <summary>Where pictures and traces go: beside the tests, never into the repository.</summary>
internal static class Artifacts
{
    private static readonly string Root = Path.Combine(AppContext.BaseDirectory, "artifacts");

    public static string Screenshot(Look look, string name) =>
        Path.Combine(Root, "screenshots", look.ToString(), $"{name}.png");

    public static string Failure(Look look, string test, string extension) =>
        Path.Combine(Root, "failures", $"{test}-{look}.{extension}");
}

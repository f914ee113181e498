namespace Otp2fa.Web.Accounts.Sessions;

/// <summary>
/// A browser's own word on what it is, in terms that a person recognises: "Firefox on Windows". Only names from the lists
/// below come out, so that nothing of the header itself is stored or shown.
/// </summary>
internal static class BrowserNames
{
    public const string Unknown = "A browser";

    // The first that is found: each later one is also named by those before it.
    private static readonly (string Mark, string Name)[] Browsers =
    [
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser/", "Samsung Internet"),
        ("Firefox/", "Firefox"),
        ("FxiOS/", "Firefox"),
        ("CriOS/", "Chrome"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ];

    private static readonly (string Mark, string Name)[] Systems =
    [
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("CrOS", "ChromeOS"),
        ("Mac OS X", "Mac"),
        ("Linux", "Linux"),
    ];

    /// <param name="userAgent">The header, if there is one; the caller's own word, to be believed for a name only.</param>
    public static string Of(string? userAgent)
    {
        var browser = Find(Browsers, userAgent) ?? Unknown;
        return Find(Systems, userAgent) is { } system ? $"{browser} on {system}" : browser;
    }

    private static string? Find((string Mark, string Name)[] names, string? userAgent) =>
        names
            .FirstOrDefault(entry =>
                userAgent?.Contains(entry.Mark, StringComparison.Ordinal) ?? false
            )
            .Name;
}

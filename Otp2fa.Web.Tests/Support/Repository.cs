namespace Otp2fa.Web.Tests.Support;

/// <summary>The source files, found from where the tests run.</summary>
internal static class Repository
{
    private static readonly string[] NotSource =
    [
        "bin",
        "obj",
        ".git",
        ".vs",
        ".idea",
        "artifacts",
        "TestResults",
    ];

    public static string Root { get; } = FindRoot();

    /// <summary>Every file that is not built, as a path from the root with forward slashes.</summary>
    public static IReadOnlyList<string> Files { get; } = [.. Walk(new DirectoryInfo(Root))];

    public static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    private static string FindRoot()
    {
        for (
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            folder is not null;
            folder = folder.Parent
        )
        {
            if (File.Exists(Path.Combine(folder.FullName, "Otp2fa.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("The tests run outside the repository.");
    }

    private static IEnumerable<string> Walk(DirectoryInfo folder) =>
        folder
            .EnumerateFiles()
            .Select(file => Path.GetRelativePath(Root, file.FullName).Replace('\\', '/'))
            .Concat(
                folder
                    .EnumerateDirectories()
                    .Where(inner => !NotSource.Contains(inner.Name))
                    .SelectMany(Walk)
            );
}

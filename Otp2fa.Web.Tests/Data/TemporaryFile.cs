using Microsoft.Data.Sqlite;

namespace Otp2fa.Web.Tests.Data;

/// <summary>A folder of its own for one SQLite database that does not exist yet.</summary>
internal sealed class TemporaryFile : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("otp2fa-data-");

    public string Path => System.IO.Path.Combine(folder.FullName, "site.db");

    public string Connection => $"Data Source={Path}";

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        folder.Delete(recursive: true);
    }
}

using System.Reflection;

namespace Otp2fa.InfobipSimulator.Hosting;

/// <summary>Files of the pages, from inside the assembly.</summary>
internal static class EmbeddedFile
{
    /// <param name="name">The folder and the file, with a slash between them.</param>
    public static string Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}

using System.Diagnostics.CodeAnalysis;

namespace Otp2fa.Web.Infobip;

/// <summary>Infobip's ids are opaque: only what could not be kept or sent is refused.</summary>
internal static class PinIds
{
    public const int MaxLength = 200;

    /// <summary>
    /// 1 to <see cref="MaxLength"/> characters, no control characters, and not a dot segment: RFC 3986 5.2.4 removes
    /// those from a path, escaped or not, so the request would go to another resource.
    /// </summary>
    public static bool IsUsable([NotNullWhen(true)] string? pinId) =>
        pinId is { Length: >= 1 and <= MaxLength }
        && pinId is not ("." or "..")
        && !pinId.Any(char.IsControl);
}

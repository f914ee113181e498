using System.Globalization;

namespace Otp2fa.Web.Operations.Setup;

/// <summary>Words that findings share.</summary>
internal static class SetupWords
{
    public const string Mend =
        "infobip provision sets it, or set it in the portal under Developer Tools, 2FA.";

    private const string NotSaid = "not said";

    public static string Of(bool? value) =>
        value switch
        {
            true => "true",
            false => "false",
            null => NotSaid,
        };

    public static string Of(int? value) => value?.ToString(CultureInfo.InvariantCulture) ?? NotSaid;

    public static string Of(string? value) => string.IsNullOrEmpty(value) ? NotSaid : value;
}

using System.Globalization;
using Otp2fa.Web.Infobip;

namespace Otp2fa.Web.Operations.Setup;

/// <summary>Why a read or a write of the set-up came to nothing, and what to do.</summary>
internal static class SetupRefusals
{
    private const string Again = "Run it again; what was written is not written twice.";

    public static string Explain<T>(string what, ReadAnswer<T> answer)
        where T : class =>
        answer.Status switch
        {
            ReadStatus.Misconfigured when answer.HttpStatus == 401 =>
                $"{what}: 401. Infobip does not know the key. Set Infobip:ManagementKey to the key alone, of the account that Infobip:BaseUrl belongs to; look whether it has expired.",
            ReadStatus.Misconfigured =>
                $"{what}: {answer.HttpStatus}. The key needs the scope 2fa:manage; set it as Infobip:ManagementKey.",
            ReadStatus.Throttled =>
                $"{what}: 429. Infobip allows 20 to 50 such calls in ten minutes. {Wait(answer.RetryAfter)} and run it again.",
            ReadStatus.NotFound => $"{what}: 404. It was taken away meanwhile; run it again.",
            ReadStatus.Refused =>
                $"{what}: Infobip refuses {Named(answer.Properties)} ({answer.HttpStatus}). Change the option or the setting that it comes from; running it again alone changes nothing.",
            ReadStatus.Oversized =>
                $"{what}: the answer is larger than Infobip:MaxResponseBytes. Set Infobip:ApplicationId and Infobip:MessageId to what the portal shows, and they alone are read; or raise that setting.",
            ReadStatus.Found or ReadStatus.Unavailable => answer.HttpStatus is { } status
                ? $"{what}: Infobip answered {status} in a way that cannot be understood. {Again}"
                : $"{what}: no answer. {Again}",
        };

    /// <summary>What to do about a 429, without a full stop.</summary>
    public static string Wait(TimeSpan? retryAfter) =>
        retryAfter is { } wait
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"Wait {Math.Ceiling(wait.TotalSeconds):0} seconds"
            )
            : "Wait ten minutes";

    private static string Named(IReadOnlyList<string>? properties) =>
        properties is { Count: > 0 } named
            ? ShownText.Of(string.Join(", ", named))
            : "what was written, and does not say what of it";
}

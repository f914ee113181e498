using Microsoft.Extensions.Options;

namespace Otp2fa.Web.Infobip;

/// <summary>
/// Names everything that is missing or wrong in one go, one sentence each, without repeating a value: it may be a key
/// typed into the wrong place.
/// </summary>
internal sealed class InfobipOptionsValidator(IHostEnvironment environment)
    : IValidateOptions<InfobipOptions>
{
    private const int LongestText = 200;
    private const int LeastResponseBytes = 1024;
    private const int MostResponseBytes = 1024 * 1024;

    private static readonly TimeSpan LeastTime = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan MostConnectTime = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(30);

    public ValidateOptionsResult Validate(string? name, InfobipOptions options)
    {
        var failures = Failures(options).ToList();
        return failures.Count == 0
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(failures);
    }

    private IEnumerable<string> Failures(InfobipOptions options)
    {
        foreach (var pattern in options.AllowedHosts.Where(host => !HostAllowList.IsPattern(host)))
        {
            yield return $"Infobip:AllowedHosts:{options.AllowedHosts.IndexOf(pattern)} is not a host. Set a bare host name, or one that begins with *. and has two more labels.";
        }

        if (BaseUrlFailure(options) is { } wrongAddress)
        {
            yield return wrongAddress;
        }

        if (string.IsNullOrWhiteSpace(options.ApiKey))
        {
            yield return "Infobip:ApiKey is missing. Set the API key of the account through the environment or user secrets.";
        }
        else if (options.ApiKey.Any(c => c is < '!' or > '~'))
        {
            yield return "Infobip:ApiKey has a character that no key has, such as a space or a line end. Set the key alone, without the word App.";
        }

        if (options.ManagementKey?.Any(c => c is < '!' or > '~') == true)
        {
            yield return "Infobip:ManagementKey has a character that no key has, such as a space or a line end. Set the key alone, without the word App.";
        }

        if (IdFailure(nameof(options.ApplicationId), options.ApplicationId) is { } wrongApplication)
        {
            yield return wrongApplication;
        }

        if (IdFailure(nameof(options.MessageId), options.MessageId) is { } wrongMessage)
        {
            yield return wrongMessage;
        }

        if (options.Sender is { } sender && !IsPlainText(sender))
        {
            yield return "Infobip:From is over 200 characters or has a control character. Set a sender of the account, or nothing.";
        }

        if (options.ConnectTimeout < LeastTime || options.ConnectTimeout > MostConnectTime)
        {
            yield return "Infobip:ConnectTimeout is out of range. Set 0.1 to 10 seconds, such as 00:00:03.";
        }

        if (options.Timeout < LeastTime || options.Timeout > MostTime)
        {
            yield return "Infobip:Timeout is out of range. Set 0.1 to 30 seconds, such as 00:00:05.";
        }

        if (options.MaxResponseBytes is < LeastResponseBytes or > MostResponseBytes)
        {
            yield return "Infobip:MaxResponseBytes is out of range. Set 1024 to 1048576, such as 65536.";
        }
    }

    private string? BaseUrlFailure(InfobipOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.BaseUrl))
        {
            return "Infobip:BaseUrl is missing. Set the address of the account, such as https://xxxxx.api.infobip.com.";
        }

        if (
            !Uri.TryCreate(options.BaseUrl, UriKind.Absolute, out var address)
            || !(IsScheme(address, Uri.UriSchemeHttps) || IsScheme(address, Uri.UriSchemeHttp))
        )
        {
            return "Infobip:BaseUrl is not an address. Set scheme and host, such as https://xxxxx.api.infobip.com.";
        }

        // The text, not the parsed parts: empty user info, query and fragment leave no trace in those.
        if (options.BaseUrl.AsSpan().IndexOfAny("@?#\\") >= 0 || address.AbsolutePath is not "/")
        {
            return "Infobip:BaseUrl has more than a scheme and a host. Set it without user info, path, query and fragment.";
        }

        var isLoopback = HostAllowList.IsLoopback(address);
        if (isLoopback && !environment.IsProduction())
        {
            return null;
        }

        if (!IsScheme(address, Uri.UriSchemeHttps))
        {
            return isLoopback
                ? "Infobip:BaseUrl is http, which Production does not take. Set an address that begins with https://."
                : "Infobip:BaseUrl is http, which only this machine may be spoken to with. Set an address that begins with https://.";
        }

        IReadOnlyCollection<string> allowed =
            options.AllowedHosts.Count == 0
                ? InfobipOptions.DefaultAllowedHosts
                : options.AllowedHosts;
        return HostAllowList.Allows(allowed, address)
            ? null
            : "Infobip:BaseUrl names a host that is not in Infobip:AllowedHosts. Set the host of the account; only if that is right, set the list.";
    }

    private static bool IsScheme(Uri address, string scheme) =>
        string.Equals(address.Scheme, scheme, StringComparison.Ordinal);

    private static string? IdFailure(string setting, string? id)
    {
        if (string.IsNullOrWhiteSpace(id))
        {
            return $"Infobip:{setting} is missing. Set the id that Infobip gave it.";
        }

        return IsPlainText(id)
            ? null
            : $"Infobip:{setting} is over {LongestText} characters or has a control character. Set the id as Infobip gave it.";
    }

    private static bool IsPlainText(string text) =>
        text.Length <= LongestText && !text.Any(char.IsControl);
}

using Microsoft.Extensions.Options;

namespace Otp2fa.Web.Accounts;

/// <summary>Section <c>Cookies</c>, and the names of all cookies of the site.</summary>
public sealed class CookieSettings
{
    public const string Section = "Cookies";

    /// <summary>
    /// False (default): every cookie is Secure and has a <c>__Host-</c> name, and http is answered with 400. True, for
    /// development on http://localhost: plain names, Secure only over https. Refused in Production.
    /// </summary>
    public bool AllowHttp { get; set; }

    /// <param name="name">The name without prefix.</param>
    public string NameOf(string name) => AllowHttp ? name : $"__Host-{name}";

    /// <summary>Gives a cookie its name and the attributes that every cookie of the site has (ASVS 3.3.1 to 3.3.5).</summary>
    public void Apply(CookieBuilder cookie, string name, SameSiteMode sameSite)
    {
        cookie.Name = NameOf(name);
        cookie.HttpOnly = true;
        cookie.Path = "/";
        cookie.Domain = null;
        cookie.SameSite = sameSite;
        cookie.IsEssential = true;
        cookie.SecurePolicy = AllowHttp
            ? CookieSecurePolicy.SameAsRequest
            : CookieSecurePolicy.Always;
    }
}

internal sealed class CookieSettingsValidator(IHostEnvironment environment)
    : IValidateOptions<CookieSettings>
{
    public ValidateOptionsResult Validate(string? name, CookieSettings options) =>
        options.AllowHttp && environment.IsProduction()
            ? ValidateOptionsResult.Fail(
                "Cookies:AllowHttp is for development. Production needs https; remove it."
            )
            : ValidateOptionsResult.Success;
}

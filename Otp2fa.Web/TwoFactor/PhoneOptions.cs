using Microsoft.Extensions.Options;
using PhoneNumbers;

namespace Otp2fa.Web.TwoFactor;

/// <summary>Section <c>Phone</c>: which numbers are taken.</summary>
public sealed class PhoneOptions
{
    public const string Section = "Phone";

    /// <summary>
    /// Two-letter region (ISO 3166-1) whose national spelling is understood, such as <c>GB</c>; empty: every number
    /// needs its country code.
    /// </summary>
    public string? DefaultRegion { get; set; }

    /// <summary>
    /// Takes numbers whose plan does not tell mobile from fixed; the whole of +1 is of that kind. Default true.
    /// </summary>
    public bool AllowFixedLineOrMobile { get; set; } = true;

    /// <summary>
    /// Two-letter regions (ISO 3166-1) whose numbers codes are sent to. Must name one outside Development, where an empty list
    /// stands for all: every country that is open is one that messages can be pumped to.
    /// </summary>
    public IList<string> AllowedCountries { get; } = [];

    /// <summary>
    /// Takes +44 7700 900000 to 900999, which Ofcom keeps free for examples. For development and tests; refused
    /// everywhere else.
    /// </summary>
    public bool AllowReservedNumbers { get; set; }
}

internal sealed class PhoneOptionsValidator(IHostEnvironment environment)
    : IValidateOptions<PhoneOptions>
{
    public ValidateOptionsResult Validate(string? name, PhoneOptions options)
    {
        List<string> failures = [];
        if (
            !string.IsNullOrWhiteSpace(options.DefaultRegion)
            && !PhoneNumberUtil.GetInstance().GetSupportedRegions().Contains(options.DefaultRegion)
        )
        {
            failures.Add(
                "Phone:DefaultRegion is not a two-letter region in capitals, such as GB. Leave it empty for none."
            );
        }

        var known = PhoneNumberUtil.GetInstance().GetSupportedRegions();
        if (
            options.AllowedCountries.FirstOrDefault(country => !known.Contains(country)) is not null
        )
        {
            failures.Add(
                "Phone:AllowedCountries must hold two-letter regions in capitals only, such as Phone:AllowedCountries:0=GB."
            );
        }

        if (options.AllowedCountries.Count == 0 && !environment.IsDevelopment())
        {
            failures.Add(
                "Phone:AllowedCountries is empty. Name every country that codes are sent to, such as Phone:AllowedCountries:0=GB; each one more is one that messages can be pumped to."
            );
        }

        if (options.AllowReservedNumbers && !environment.IsDevelopment())
        {
            failures.Add("Phone:AllowReservedNumbers is for development and tests. Remove it.");
        }

        return failures.Count == 0
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(failures);
    }
}

using Microsoft.Extensions.Options;
using Otp2fa.Web.TwoFactor;

namespace Otp2fa.Web.Tests.Units.TwoFactor;

/// <summary>Parsers with one setting changed at a time.</summary>
internal static class PhoneParsers
{
    public static PhoneNumberParser With(
        string? region = null,
        bool fixedLineOrMobile = true,
        bool reserved = false,
        params string[] countries
    )
    {
        var settings = new PhoneOptions
        {
            DefaultRegion = region,
            AllowFixedLineOrMobile = fixedLineOrMobile,
            AllowReservedNumbers = reserved,
        };
        foreach (var country in countries)
        {
            settings.AllowedCountries.Add(country);
        }

        var options = Options.Create(settings);
        return new PhoneNumberParser(new NumberRules(options), options);
    }
}

using Microsoft.Extensions.Options;
using PhoneNumbers;

namespace Otp2fa.Web.TwoFactor;

/// <summary>
/// Which numbers codes are sent to: by country and by kind. Asked when a number is typed and again at every send, so that a
/// country taken off the list is off for numbers proved before, too. The kind is told from metadata and is a guess for
/// ported numbers (NIST SP 800-63B-4 3.1.3.1 asks to keep VoIP out; only a paid look-up can be sure).
/// </summary>
public sealed class NumberRules(IOptions<PhoneOptions> options)
{
    // libphonenumber's region of numbers that belong to no country: satellite telephones, international toll-free and premium.
    private const string NoCountry = "001";

    private const string NoPlan = "ZZ";
    private const string ReservedCountry = "GB";
    private const string ReservedPrefix = "+447700900";
    private const int ReservedLength = 13;

    /// <returns>Null if codes are sent to it.</returns>
    public PhoneRefusal? Judge(PhoneNumber number)
    {
        var country = CountryOf(number);
        if (country == NoCountry)
        {
            return PhoneRefusal.TypeNotAccepted;
        }

        if (
            options.Value.AllowedCountries.Count > 0
            && !options.Value.AllowedCountries.Contains(country, StringComparer.Ordinal)
        )
        {
            return PhoneRefusal.CountryNotServed;
        }

        if (IsReserved(number))
        {
            return options.Value.AllowReservedNumbers ? null : PhoneRefusal.NotInUse;
        }

        return TypeOf(number) switch
        {
            PhoneNumberType.MOBILE => null,
            PhoneNumberType.FIXED_LINE_OR_MOBILE when options.Value.AllowFixedLineOrMobile => null,
            // Of a number that was proved once the person has it in the hand, whatever the metadata has not heard of yet.
            PhoneNumberType.UNKNOWN => null,
            _ => PhoneRefusal.TypeNotAccepted,
        };
    }

    /// <summary>
    /// ISO 3166-1 alpha-2; 001 for numbers of no country, ZZ for those of no plan, which only an import can have stored.
    /// </summary>
    public static string CountryOf(PhoneNumber number)
    {
        if (IsReserved(number))
        {
            return ReservedCountry;
        }

        var util = PhoneNumberUtil.GetInstance();
        return Parse(number) is { } parsed
            ? util.GetRegionCodeForNumber(parsed)
                ?? util.GetRegionCodeForCountryCode(parsed.CountryCode)
            : NoPlan;
    }

    /// <summary>Whether it is one of the numbers that Ofcom keeps free for examples.</summary>
    internal static bool IsReserved(PhoneNumber number) =>
        number.E164.Length == ReservedLength
        && number.E164.StartsWith(ReservedPrefix, StringComparison.Ordinal);

    private static PhoneNumberType TypeOf(PhoneNumber number) =>
        Parse(number) is { } parsed
            ? PhoneNumberUtil.GetInstance().GetNumberType(parsed)
            : PhoneNumberType.UNKNOWN;

    private static PhoneNumbers.PhoneNumber? Parse(PhoneNumber number)
    {
        try
        {
            return PhoneNumberUtil.GetInstance().Parse(number.E164, null);
        }
        catch (NumberParseException)
        {
            return null;
        }
    }
}

using System.Buffers;
using Microsoft.Extensions.Options;
using PhoneNumbers;

namespace Otp2fa.Web.TwoFactor;

/// <summary>
/// The one place that turns typed text into a <see cref="PhoneNumber"/>: libphonenumber's rules, plus
/// <see cref="NumberRules"/>.
/// </summary>
public sealed class PhoneNumberParser(NumberRules rules, IOptions<PhoneOptions> options)
{
    private const int LongestInput = 64;

    // Letters would be read as vanity numbers, and x, ; or # as extensions: neither is a number of one's own handset.
    private static readonly SearchValues<char> Separators = SearchValues.Create(
        " +-()./\t\u00a0\u2002\u2003\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u2010\u2011\u2012\u2013\u2014\u061c\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069"
    );

    public PhoneParse Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return PhoneRefusal.Empty;
        }

        if (
            text.Length > LongestInput
            || !text.All(c => char.IsDigit(c) || c == '\uff0b' || Separators.Contains(c))
        )
        {
            return PhoneRefusal.NotANumber;
        }

        var region = string.IsNullOrWhiteSpace(options.Value.DefaultRegion)
            ? null
            : options.Value.DefaultRegion;
        var util = PhoneNumberUtil.GetInstance();
        PhoneNumbers.PhoneNumber parsed;
        try
        {
            // Without the separators: libphonenumber knows only some of them.
            parsed = util.Parse(
                string.Concat(text.Where(c => !Separators.Contains(c) || c == '+')),
                region
            );
        }
        catch (NumberParseException exception)
        {
            var hasPlus = text.AsSpan().ContainsAny('+', '\uff0b');
            return exception.ErrorType switch
            {
                ErrorType.INVALID_COUNTRY_CODE when hasPlus => PhoneRefusal.NotInUse,
                ErrorType.INVALID_COUNTRY_CODE => PhoneRefusal.CountryCodeMissing,
                _ => PhoneRefusal.NotANumber,
            };
        }

        var e164 = util.Format(parsed, PhoneNumberFormat.E164);
        if (PhoneNumber.FromStored(e164) is not { } number)
        {
            return PhoneRefusal.NotInUse;
        }

        // libphonenumber does not know the numbers that are kept free for examples; the rules do.
        return !NumberRules.IsReserved(number) && !util.IsValidNumber(parsed)
                ? PhoneRefusal.NotInUse
            : rules.Judge(number) is { } refusal ? refusal
            : number;
    }
}

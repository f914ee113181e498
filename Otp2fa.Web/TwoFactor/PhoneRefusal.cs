namespace Otp2fa.Web.TwoFactor;

/// <summary>Why a text was not taken as a phone number for codes.</summary>
public enum PhoneRefusal
{
    Empty,

    /// <summary>Not readable as a phone number at all, or with an extension.</summary>
    NotANumber,

    /// <summary>No country code, and no default region that would supply one.</summary>
    CountryCodeMissing,

    /// <summary>Readable, but no such number exists in that country's numbering plan.</summary>
    NotInUse,

    /// <summary>A landline, premium-rate, toll-free, VoIP or other number that codes are not sent to.</summary>
    TypeNotAccepted,

    /// <summary>A number of a country that codes are not sent to.</summary>
    CountryNotServed,
}

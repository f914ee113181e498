namespace Otp2fa.Web.Limits;

/// <summary>What somebody who knows the password may try to guess. Each kind has windows of its own.</summary>
public enum GuessedSecret
{
    /// <summary>A code sent to the phone, of six digits.</summary>
    ShortPin,

    /// <summary>A code sent to the phone, of eight digits: more guesses of it give nothing away.</summary>
    LongPin,

    /// <summary>A code of the authenticator app.</summary>
    AppCode,

    RecoveryCode,
}

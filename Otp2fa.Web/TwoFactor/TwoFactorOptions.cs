using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Otp2fa.Web.Limits;

namespace Otp2fa.Web.TwoFactor;

/// <summary>Section <c>TwoFactor</c>.</summary>
public sealed class TwoFactorOptions
{
    public const string Section = "TwoFactor";

    /// <summary>Digits of a PIN: 6 or 8. Must be the length of the Infobip template (ASVS 6.5.3).</summary>
    [AllowedValues(6, 8, ErrorMessage = "TwoFactor:PinLength must be 6 or 8.")]
    public int PinLength { get; set; } = 6;

    /// <summary>What somebody who guesses a PIN has to guess.</summary>
    internal GuessedSecret Guessed =>
        PinLength == 8 ? GuessedSecret.LongPin : GuessedSecret.ShortPin;

    /// <summary>How long a code is taken, from the moment it was asked for; 1 to 10 minutes (ASVS 6.5.5). Default 5.</summary>
    [Range(
        typeof(TimeSpan),
        "00:01:00",
        "00:10:00",
        ErrorMessage = "TwoFactor:ChallengeLifetime must be 1 to 10 minutes (00:05:00)."
    )]
    public TimeSpan ChallengeLifetime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Typed codes per PIN; 1 to 10. Default 5.</summary>
    [Range(1, 10, ErrorMessage = "TwoFactor:MaxAttempts must be 1 to 10.")]
    public int MaxAttempts { get; set; } = 5;

    /// <summary>How often one PIN may go out, the first time included; 1 to 5. Default 3.</summary>
    [Range(1, 5, ErrorMessage = "TwoFactor:MaxSends must be 1 to 5.")]
    public int MaxSends { get; set; } = 3;

    /// <summary>
    /// Offers a telephone call that speaks the code, once a message was sent. Infobip's account must be able to call, and its
    /// template needs a language it speaks. Default false.
    /// </summary>
    public bool OfferCalls { get; set; }

    /// <summary>How long the step between password and code stays open, absolute; 5 to 15 minutes. Default 15.</summary>
    [Range(
        typeof(TimeSpan),
        "00:05:00",
        "00:15:00",
        ErrorMessage = "TwoFactor:PendingLifetime must be 5 to 15 minutes (00:15:00)."
    )]
    public TimeSpan PendingLifetime { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>What authenticator apps call the site, beside the person's address; 1 to 64 characters, no colon. Default Otp2fa.</summary>
    [RegularExpression(
        "[^:]{1,64}",
        ErrorMessage = "TwoFactor:Issuer must be 1 to 64 characters without a colon."
    )]
    [Required(ErrorMessage = "TwoFactor:Issuer must be 1 to 64 characters without a colon.")]
    public string Issuer { get; set; } = "Otp2fa";
}

internal sealed class TwoFactorOptionsValidator : IValidateOptions<TwoFactorOptions>
{
    public ValidateOptionsResult Validate(string? name, TwoFactorOptions options) =>
        options.ChallengeLifetime > options.PendingLifetime
            ? ValidateOptionsResult.Fail(
                "TwoFactor:ChallengeLifetime must not be longer than TwoFactor:PendingLifetime: a code must not outlive the step it belongs to."
            )
            : ValidateOptionsResult.Success;
}

using System.Globalization;
using Otp2fa.Web.Data;

namespace Otp2fa.Web.Accounts.Mails;

/// <summary>The sentences of notices.</summary>
internal static class MailTexts
{
    /// <param name="happened">An entry that is told.</param>
    /// <returns>What the subject says, and the first sentence.</returns>
    public static (string Subject, string Sentence) Of(SecurityEvent happened) =>
        happened.Kind switch
        {
            SecurityEventKind.PasswordChanged or SecurityEventKind.PasswordReset => (
                "Your password was changed",
                "The password of your account was changed. Every other browser was signed out."
            ),
            SecurityEventKind.EmailChanged => (
                "Your e-mail address was changed",
                "The e-mail address of your account was changed. From now on you sign in with the new address."
            ),
            SecurityEventKind.NumberProved => (
                "Your phone number was changed",
                $"The {happened.Detail} is now the phone number that sign-in codes of your account go to."
            ),
            SecurityEventKind.NumberRemoved => (
                "Your phone number was removed",
                "The phone number was removed from your account; no sign-in codes go to it any more."
            ),
            SecurityEventKind.AppAdded => (
                "An authenticator app was set up",
                "An authenticator app was set up for your account. Its codes can be used to sign in."
            ),
            SecurityEventKind.AppRemoved => (
                "Your authenticator app was removed",
                "The authenticator app was removed from your account; its codes do not work any more."
            ),
            SecurityEventKind.TwoFactorTurnedOn => (
                "Two-factor authentication was turned on",
                happened.Factor == Factor.App
                    ? "Two-factor authentication was turned on for your account, with an authenticator app. Signing in needs a code of it from now on."
                    : "Two-factor authentication was turned on for your account. Signing in needs a code from now on."
            ),
            SecurityEventKind.TwoFactorTurnedOff => (
                "Two-factor authentication was turned off",
                "Two-factor authentication was turned off for your account. The password alone opens it now."
            ),
            SecurityEventKind.RecoveryCodesMade => (
                "New recovery codes were made",
                "New recovery codes were made for your account. The ones from before do not work any more."
            ),
            SecurityEventKind.RecoveryCodeUsed => (
                "A recovery code was used",
                "One of the recovery codes of your account was used. It does not work again; you can make new ones on your account page."
            ),
            SecurityEventKind.BrowserRemembered => (
                "A browser is remembered",
                "A browser was remembered for your account: signing in from it asks for the password only, until you forget it on your account page."
            ),
            SecurityEventKind.WrongCode => (
                "Wrong codes were typed",
                $"Somebody typed the right password of your account, and then {Notices.WrongCodes} wrong codes. None of them was taken."
            ),
            SecurityEventKind.OperatorReset => (
                "Two-factor authentication was taken off",
                $"Our support took two-factor authentication off your account, because: {happened.Detail}. The password alone opens it now."
            ),
            SecurityEventKind.ReportedAsForeign => (
                "Your account was reported",
                "Whoever has the address that the account had before said that somebody else changed it. The account has that address again, every browser was signed out, and the password was switched off. If the account is yours, ask for help."
            ),
            _ => throw new ArgumentOutOfRangeException(
                nameof(happened),
                happened.Kind,
                "Nobody is told of it."
            ),
        };

    /// <summary>When and where it happened.</summary>
    public static string Circumstances(SecurityEvent happened)
    {
        var when = happened.AtUtc.ToString(
            "'When: 'd MMMM yyyy' at 'HH:mm' UTC'",
            CultureInfo.InvariantCulture
        );
        return (happened.Browser, happened.Network) switch
        {
            (null, null) => when,
            (var browser, null) => $"{when}. Where: {browser}",
            (null, var network) => $"{when}. Where: the network {network}",
            var (browser, network) => $"{when}. Where: {browser}, from the network {network}",
        };
    }
}

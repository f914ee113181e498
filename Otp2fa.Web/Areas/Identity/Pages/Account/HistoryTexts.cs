using Otp2fa.Web.Accounts;
using Otp2fa.Web.Data;

namespace Otp2fa.Web.Areas.Identity.Pages.Account;

/// <summary>The sentences of the security history.</summary>
internal static class HistoryTexts
{
    public static string Of(SecurityEntry entry) =>
        entry.Kind switch
        {
            SecurityEventKind.SignedIn => entry.Factor switch
            {
                Factor.Sms => "Signed in with the password and a code by text message",
                Factor.App => "Signed in with the password and a code of the authenticator app",
                Factor.RecoveryCode => "Signed in with the password and a recovery code",
                Factor.RememberedBrowser => "Signed in with the password, in a remembered browser",
                Factor.Password or null => "Signed in with the password",
            },
            SecurityEventKind.PasswordAccepted =>
                "The password was typed; a second step was asked for",
            SecurityEventKind.WrongPassword => "A wrong password was typed",
            SecurityEventKind.AccountLocked =>
                "After wrong passwords the next ones were not checked for a while",
            SecurityEventKind.WrongCode => entry.Factor switch
            {
                Factor.App => "A wrong code of the authenticator app was typed",
                Factor.RecoveryCode => "A wrong recovery code was typed",
                _ when entry.Detail is { } what => $"A wrong code was typed {what}",
                _ => "A wrong code was typed",
            },
            SecurityEventKind.CodeSent => $"A code was sent to the {entry.Detail}",
            SecurityEventKind.SteppedUp =>
                $"A change was confirmed with {LowerFirst(FactorTexts.Name(entry.Factor ?? Factor.Password))}",
            SecurityEventKind.TwoFactorTurnedOn => "Two-factor authentication was turned on",
            SecurityEventKind.TwoFactorTurnedOff => "Two-factor authentication was turned off",
            SecurityEventKind.NumberProved => $"The {entry.Detail} became your number for codes",
            SecurityEventKind.NumberRemoved => "The phone number was removed",
            SecurityEventKind.AppAdded => "An authenticator app was set up",
            SecurityEventKind.AppRemoved => "The authenticator app was removed",
            SecurityEventKind.RecoveryCodesMade => "New recovery codes were made",
            SecurityEventKind.RecoveryCodeUsed => "A recovery code was used up",
            SecurityEventKind.BrowserRemembered => "A browser was remembered",
            SecurityEventKind.BrowsersForgotten => "Remembered browsers were forgotten",
            SecurityEventKind.SessionsEnded => "Other browsers were signed out",
            SecurityEventKind.PasswordChanged => "The password was changed",
            SecurityEventKind.EmailChanged => "The e-mail address was changed",
            SecurityEventKind.PasswordReset => "A new password was chosen by a link in a mail",
            SecurityEventKind.ReportedAsForeign =>
                "Somebody else's doing was reported; everybody was signed out and the password switched off",
            SecurityEventKind.OperatorReset =>
                $"Our support took two-factor authentication off your account: {entry.Detail}",
            SecurityEventKind.OperatorUnlocked => "Our support unlocked your account",
            SecurityEventKind.OperatorEndedSessions => "Our support signed all browsers out",
        };

    /// <summary>Where it happened; null if nobody knows.</summary>
    public static string? Place(SecurityEntry entry) =>
        (entry.Browser, entry.Network) switch
        {
            (null, null) => null,
            (var browser, null) => browser,
            (null, var network) => network,
            var (browser, network) => $"{browser}, from {network}",
        };

    private static string LowerFirst(string text) => char.ToLowerInvariant(text[0]) + text[1..];
}

using System.Globalization;
using Otp2fa.Web.Accounts;

namespace Otp2fa.Web.Operations.Users;

/// <summary>The sentences that an operator reads.</summary>
internal static class UserAnswers
{
    private const string NotFound = "There is no account with this e-mail address.";

    public static VerbAnswer OfState(AccountState? state) =>
        state is null
            ? VerbAnswer.Refused(NotFound)
            : VerbAnswer.Done([
                $"Account: {state.Email}",
                $"Id: {state.Id}",
                $"E-mail address: {(state.IsEmailConfirmed ? "confirmed" : "not confirmed")}",
                $"Two-factor authentication: {(state.IsTwoFactorOn ? "on" : "off")}",
                $"Phone number: {NumberOf(state)}",
                $"Authenticator app: {(state.HasApp ? "yes" : "no")}",
                $"Recovery codes left: {Of(state.RecoveryCodesLeft)}",
                $"Locked until: {(state.LockedUntil is { } until ? Of(until) : "not locked")}",
                $"Wrong passwords in a row: {Of(state.WrongPasswords)}",
                $"Wrong codes by text message in a row: {WrongCodes(state, state.WrongSmsCodes)}",
                $"Wrong codes of the app in a row: {WrongCodes(state, state.WrongAppCodes)}",
                $"Signed-in browsers: {Of(state.SignedInBrowsers)}",
                $"Remembered browsers: {Of(state.RememberedBrowsers)}",
                "Security history, the newest first:",
                .. state.History.Select(entry => $"  {Of(entry)}"),
            ]);

    public static VerbAnswer OfReset(DeskResult? result) =>
        result switch
        {
            null => VerbAnswer.Refused(NotFound),
            { IsDone: false } => VerbAnswer.Refused(
                "The account was changed elsewhere at every try. Nothing was done; try again."
            ),
            { Before: var before } => VerbAnswer.Done([
                $"Two-factor authentication of {before.Email} is off.",
                $"Taken away: {FactorsOf(before)}.",
                $"Forgotten: {Count(before.RememberedBrowsers, "remembered browser")}. Signed out: {Count(before.SignedInBrowsers, "browser")}.",
                "The reason stands in the account's security history and, until it is turned on again, on its page Two-factor authentication.",
                "Next, the person signs in with the password alone, adds a number or an app on that page and turns it on. Until then the password opens the account.",
                .. before.LockedUntil is { } until
                    ? [$"The account is locked until {Of(until)}; users unlock ends that."]
                    : Array.Empty<string>(),
            ]),
        };

    public static VerbAnswer OfUnlock(DeskResult? result) =>
        result switch
        {
            null => VerbAnswer.Refused(NotFound),
            { IsDone: false, Before: var before } => VerbAnswer.Done([
                $"{before.Email} is not locked and has no wrong password in a row. Nothing was changed.",
                .. CodesThatStayOff(before),
            ]),
            { Before: var before } => VerbAnswer.Done([
                before.LockedUntil is { } until
                    ? $"{before.Email} is not locked any more; it was until {Of(until)}."
                    : $"{before.Email} was not locked; its wrong passwords are counted from 0 again.",
                "The password is taken again at once, with the same second factor as before. Wrong codes of the last 24 hours go on counting.",
                .. CodesThatStayOff(before),
            ]),
        };

    public static VerbAnswer OfEndedSessions(DeskResult? result) =>
        result is null
            ? VerbAnswer.Refused(NotFound)
            : VerbAnswer.Done([
                $"Signed out: {Count(result.Before.SignedInBrowsers, "browser")} of {result.Before.Email}.",
                result.Before.RememberedBrowsers == 0
                    ? "No browser is remembered: the next sign-in needs the second factor, if the account has it on."
                    : $"Still remembered: {Count(result.Before.RememberedBrowsers, "browser")}; there the password alone signs in. The person can forget them on the page Remembered browsers; users reset-2fa does, too.",
            ]);

    private static string Of(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Of(DateTimeOffset moment) =>
        moment.ToString("u", CultureInfo.InvariantCulture);

    private static string Count(int number, string thing) =>
        $"{Of(number)} {thing}{(number == 1 ? "" : "s")}";

    private static string NumberOf(AccountState state) =>
        state.NumberEnd is { } end
            ? $"ending {end}{(state.IsNumberProved ? "" : ", not proved")}"
            : "none";

    private static string FactorsOf(AccountState state)
    {
        string[] factors =
        [
            .. state.NumberEnd is { } end ? [$"number ending {end}"] : Array.Empty<string>(),
            .. state.HasApp ? ["authenticator app"] : Array.Empty<string>(),
            .. state.RecoveryCodesLeft > 0
                ? [Count(state.RecoveryCodesLeft, "recovery code")]
                : Array.Empty<string>(),
        ];
        return factors.Length == 0 ? "nothing, there was no factor" : string.Join(", ", factors);
    }

    private static string WrongCodes(AccountState state, int count) =>
        count < state.CodesAreOffFrom
            ? Of(count)
            : $"{Of(count)}, and so they are switched off until it is set up again";

    private static IEnumerable<string> CodesThatStayOff(AccountState state)
    {
        if (state.WrongSmsCodes >= state.CodesAreOffFrom)
        {
            yield return "Codes by text message stay switched off after too many wrong ones, until a number is proved again.";
        }

        if (state.WrongAppCodes >= state.CodesAreOffFrom)
        {
            yield return "Codes of the app stay switched off after too many wrong ones, until an app is set up again.";
        }
    }

    private static string Of(SecurityEntry entry) =>
        string.Join(
            ", ",
            new[]
            {
                $"{Of(entry.AtUtc)} {entry.Kind}",
                entry.Factor?.ToString(),
                entry.Detail,
                entry.Browser,
                entry.Network,
            }.OfType<string>()
        );
}

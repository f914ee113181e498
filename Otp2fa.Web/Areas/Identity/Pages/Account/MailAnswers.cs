namespace Otp2fa.Web.Areas.Identity.Pages.Account;

/// <summary>The sentences about mails that more than one page says.</summary>
internal static class MailAnswers
{
    public const string NothingArrived =
        "Nothing arrived? Look in the folder for unwanted mail, and check that the address was right. Only a few messages an hour go to one address, so look at the ones you have before you ask again.";

    /// <param name="support">Who helps.</param>
    public static string Closed(string support) =>
        $"This site sends no mail at the moment, so this cannot be done here. If you need help, write to {support}.";

    /// <inheritdoc cref="Closed"/>
    public static string DeadLink(string support) =>
        $"This link does not work any more. If it was used already, sign in; otherwise ask for help: {support}";

    public const string TooMany =
        "Too many messages were asked for, so none was sent. Wait an hour and try again.";
}

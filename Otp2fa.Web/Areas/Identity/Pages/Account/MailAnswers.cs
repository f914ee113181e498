using Otp2fa.Web.Accounts;
using Otp2fa.Web.Accounts.Mails;

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

    public const string DeadReset =
        "This link does not work any more, or it is not for this address. Check the address, or ask for another link.";

    /// <inheritdoc cref="Closed"/>
    public static string AddressTaken(string support) =>
        $"Another account has this address by now. Ask for help: {support}";

    /// <summary>What came of asking for another address.</summary>
    public static string Of(EmailChangeStart start) =>
        start switch
        {
            EmailChangeStart.Sent =>
                "We sent a link to the new address. Open it to make it the address of your account.",
            EmailChangeStart.NotAnAddress => Registration.AddressFormat,
            EmailChangeStart.SameAddress => "That is the address you have already.",
            EmailChangeStart.TooMany =>
                "Too many messages were asked for, so none was sent. Wait an hour and try again.",
            EmailChangeStart.Closed => "This site sends no mail, so addresses cannot be changed.",
        };
}

namespace Otp2fa.Web.Areas.Identity.Pages.Account;

/// <param name="For">How long a browser is remembered; nothing offers no box.</param>
/// <param name="IsChosen">It was ticked before, on a page that is shown again.</param>
internal sealed record RememberBox(TimeSpan For, bool IsChosen);

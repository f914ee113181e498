using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;
using Otp2fa.Web.Accounts;
using Otp2fa.Web.TwoFactor;

namespace Otp2fa.Web.Areas.Identity.Pages.Account;

/// <summary>Only its POST sends; looking at it, going back to it and loading it again do not.</summary>
[AllowDuringEnrolment]
internal sealed class ResendCodeModel(
    PendingSignIns signIns,
    IOptions<TwoFactorOptions> options,
    IOptions<SupportOptions> support,
    TimeProvider time
) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public bool RememberMe { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    [TempData]
    public string? StatusMessage { get; set; }

    public string Number { get; private set; } = "phone";

    public bool IsSameCode { get; private set; }

    public bool IsFirst { get; private set; }

    public bool OffersCall { get; private set; }

    public DateTimeOffset Now { get; private set; }

    /// <summary>Why asking now would come to nothing; null if a code would go out.</summary>
    public SendDenial? Denial { get; private set; }

    /// <summary>A moment's wait is over while the page is looked at; what takes longer is not worth a button.</summary>
    public bool OffersSend => Denial is null or { Reason: SendRefusal.Wait or SendRefusal.Outage };

    /// <summary>An error has said it already.</summary>
    public bool TellsDenial => Denial is not null && ModelState.IsValid;

    public string Support => support.Value.Contact;

    public Task<IActionResult> OnGetAsync() => ShowAsync();

    public async Task<IActionResult> OnPostAsync(PinChannel channel)
    {
        // What is no channel is the usual one; a call that is not offered is none.
        var wanted =
            channel == PinChannel.Voice && options.Value.OfferCalls
                ? PinChannel.Voice
                : PinChannel.Sms;
        var result = await signIns.SendAsync(wanted);
        switch (result.Status)
        {
            case ResendStatus.Sent:
                StatusMessage =
                    result.Channel == PinChannel.Voice
                        ? "We are calling you. Have this page ready and type the code you hear."
                        : "We sent the code. It can take a minute to arrive.";
                return RedirectToPage(
                    "./LoginWith2fa",
                    new { ReturnUrl = Url.LocalOrHome(ReturnUrl), RememberMe }
                );
            case ResendStatus.LockedOut:
                return RedirectToPage("./Lockout");
            case ResendStatus.Lost:
                return StartAgain();
            case ResendStatus.Refused:
                return await ShowAsync(result.Denial);
        }

        throw new InvalidOperationException($"No page for {result.Status}.");
    }

    private async Task<IActionResult> ShowAsync(SendDenial? refused = null)
    {
        if (await signIns.FindAsync() is not { } pending)
        {
            return StartAgain();
        }

        ModelState.Clear();
        Number = pending.User.GetProvedNumber() is { } proved ? $"phone {proved}" : "phone";
        var outlook = await signIns.LookAheadAsync(pending);
        (IsSameCode, IsFirst) = (outlook.IsSameCode, pending.Ticket is null);
        OffersCall = IsSameCode && options.Value.OfferCalls;
        Now = time.GetUtcNow();
        Denial = outlook.Denial;
        if (refused is not null)
        {
            ModelState.AddModelError("", CodeTexts.Of(refused, Now));
        }

        return Page();
    }

    private IActionResult StartAgain() =>
        this.StartSignInAgain(ReturnUrl, message => StatusMessage = message);
}

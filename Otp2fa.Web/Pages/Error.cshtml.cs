using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Otp2fa.Web.Accounts;
using Otp2fa.Web.Pages.Shared;

namespace Otp2fa.Web.Pages;

/// <summary>Every status that has no page of its own. Reached by re-execution, so for any verb and without a token.</summary>
[IgnoreAntiforgeryToken]
[AllowDuringEnrolment]
internal sealed class ErrorModel : PageModel
{
    public string Heading => Texts.Heading;

    public string Sentence => Texts.Sentence;

    public string Reference => Activity.Current?.TraceId.ToString() ?? HttpContext.TraceIdentifier;

    /// <summary>Whether there is something to look up in the log: what went wrong on our side.</summary>
    public bool IsNoted => Status >= StatusCodes.Status500InternalServerError;

    public int Status =>
        IsAskedFor ? StatusCodes.Status404NotFound
        : int.TryParse(Request.Query["status"], CultureInfo.InvariantCulture, out var asked) ? asked
        : Response.StatusCode;

    /// <summary>Somebody opened this very address: nothing went wrong, and there is nothing here.</summary>
    private bool IsAskedFor =>
        HttpContext.Features.Get<IStatusCodeReExecuteFeature>() is null
        && HttpContext.Features.Get<IExceptionHandlerFeature>() is null;

    // Not in a handler: the page stands in for the answer to any verb.
    private (string Heading, string Sentence) Texts =>
        Status switch
        {
            400 when StaleForms.IsMarked(HttpContext) => (
                "This form is out of date",
                "You signed in or out in another window since it was opened, or this browser keeps no cookies for this site. Nothing was changed. Open the page again and repeat what you wanted to do."
            ),
            400 => (
                "We could not read that",
                "Something was wrong with what was sent. Nothing was changed."
            ),
            404 => (
                "Page not found",
                "There is nothing at this address. Check it, or start again from the start page."
            ),
            405 => (
                "That does not work here",
                "This address does not take that kind of request. Nothing was changed."
            ),
            403 => (
                "That did not come from here",
                "What was sent came from a page of another site, so it was not done. Open the page here and repeat what you wanted to do."
            ),
            429 => (
                "Too many requests",
                "More was asked for from here than one person does. Nothing was changed. Wait a minute and try again."
            ),
            413 => (
                "That was too much",
                "What was sent is larger than this site takes. Nothing was changed."
            ),
            503 => (
                "We are very busy right now",
                "More people sign in at this moment than we can check. Nothing was changed. Wait a few seconds, go back and try again."
            ),
            >= 400 and < 500 => (
                "We could not do that",
                "Something was wrong with the request. Nothing was changed."
            ),
            _ => (
                "Something went wrong on our side",
                "It was noted and somebody will look at it. Wait a moment and try again; what you had done before is safe."
            ),
        };
}

using System.Net.Mime;
using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Otp2fa.Web.Accounts;
using Otp2fa.Web.Data;

namespace Otp2fa.Web.Areas.Identity.Pages.Account.Manage;

/// <summary>A file and no page: only its POST answers with one.</summary>
internal sealed class DownloadPersonalDataModel(
    UserManager<ApplicationUser> users,
    PersonalData data
) : PageModel
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true };

    public IActionResult OnGet() => NotFound();

    public async Task<IActionResult> OnPostAsync()
    {
        if (await users.GetUserAsync(User) is not { } user)
        {
            return Challenge();
        }

        return File(
            JsonSerializer.SerializeToUtf8Bytes(
                await data.CollectAsync(user, HttpContext.RequestAborted),
                Readable
            ),
            MediaTypeNames.Application.Json,
            "PersonalData.json"
        );
    }
}

using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Otp2fa.Web.Areas.Identity.Pages.Account.Manage;

internal sealed class PersonalDataModel : PageModel;

using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Otp2fa.Web.Pages;

internal sealed class IndexModel : PageModel;

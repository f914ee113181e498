namespace Otp2fa.Web.Composition;

/// <summary>
/// Addresses that people, scripts and bookmarks know from Identity's older SMS samples and from Identity without its UI. Each
/// leads to the page of today, with its query; a form is never taken there.
/// </summary>
internal static class OldAddresses
{
    private const string Account = "/Identity/Account";

    private static readonly (string Old, string Page)[] Pages =
    [
        ("/Account/Login", $"{Account}/Login"),
        ("/Account/Logout", $"{Account}/Logout"),
        ("/Account/AccessDenied", $"{Account}/AccessDenied"),
        ("/Account/Register", $"{Account}/Register"),
        ("/Account/SendCode", $"{Account}/ResendCode"),
        ("/Account/VerifyCode", $"{Account}/LoginWith2fa"),
        ($"{Account}/SendCode", $"{Account}/ResendCode"),
        ($"{Account}/VerifyCode", $"{Account}/LoginWith2fa"),
        ("/Manage", $"{Account}/Manage"),
        ("/Manage/Index", $"{Account}/Manage"),
        ("/Manage/ChangePassword", $"{Account}/Manage/ChangePassword"),
        ("/Manage/AddPhoneNumber", $"{Account}/Manage/AddPhoneNumber"),
        ("/Manage/VerifyPhoneNumber", $"{Account}/Manage/VerifyPhoneNumber"),
        // Where password managers lead people (W3C, A Well-Known URL for Changing Passwords).
        ("/.well-known/change-password", $"{Account}/Manage/ChangePassword"),
    ];

    /// <summary>The old addresses, as they are mapped.</summary>
    public static IEnumerable<string> All => Pages.Select(page => page.Old);

    public static void MapOldAddresses(this IEndpointRouteBuilder routes)
    {
        foreach (var (old, page) in Pages)
        {
            routes.MapGet(
                old,
                (HttpRequest request) => TypedResults.LocalRedirect($"~{page}{request.QueryString}")
            );
        }
    }
}

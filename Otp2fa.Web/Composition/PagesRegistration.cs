using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.Extensions.Options;
using Otp2fa.Web.Accounts;
using Otp2fa.Web.Areas.Identity.Pages.Account;
using Otp2fa.Web.Pages.Shared;

namespace Otp2fa.Web.Composition;

internal static class PagesRegistration
{
    public static IServiceCollection AddSitePages(
        this IServiceCollection services,
        IHostEnvironment environment
    )
    {
        services
            .AddRazorPages(options =>
            {
                options.Conventions.AuthorizeAreaFolder("Identity", "/Account/Manage");
                options.Conventions.AuthorizeAreaPage("Identity", "/Account/StepUp");
                options.Conventions.AuthorizeAreaPage("Identity", "/Account/StepUpCode");
                // Identity UI's address of turning it off; here it is a button of the overview.
                options.Conventions.AddAreaPageRouteModelConvention(
                    "Identity",
                    "/Account/Manage/TwoFactorAuthentication",
                    page =>
                        page.Selectors.Add(
                            new SelectorModel
                            {
                                AttributeRouteModel = new AttributeRouteModel
                                {
                                    Template = "Identity/Account/Manage/Disable2fa",
                                    SuppressLinkGeneration = true,
                                },
                            }
                        )
                );
                if (!environment.IsDevelopment())
                {
                    options.Conventions.AddFolderRouteModelConvention(
                        "/Examples",
                        page => page.Selectors.Clear()
                    );
                }
            })
            .AddMvcOptions(options =>
            {
                options.Filters.Add<NoStore>();
                options.Filters.Add<KnownVerbs>();
                options.Filters.Add<GoneAccounts>();
                options.Filters.Add<BusySite>();
                options.Filters.Add<StepUpFilter>();
                options.Filters.Add<StaleForms>();
            })
            // Errors are the server's sentences, the same with and without script.
            .AddViewOptions(options => options.HtmlHelperOptions.ClientValidationEnabled = false);

        services.AddScoped<StepUpTries>();
        services
            .AddOptions<AntiforgeryOptions>()
            .Configure<IOptions<CookieSettings>>(
                (options, cookies) =>
                    cookies.Value.Apply(
                        options.Cookie,
                        CookieNames.Antiforgery,
                        SameSiteMode.Strict
                    )
            );
        services
            .AddOptions<CookieTempDataProviderOptions>()
            .Configure<IOptions<CookieSettings>>(
                (options, cookies) =>
                    cookies.Value.Apply(options.Cookie, CookieNames.TempData, SameSiteMode.Lax)
            );
        return services;
    }
}

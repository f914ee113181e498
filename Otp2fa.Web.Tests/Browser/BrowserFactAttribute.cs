namespace Otp2fa.Web.Tests.RealBrowser;

/// <summary>A test that needs Chromium. Without one it is skipped, saying so, unless OTP2FA_REQUIRE_BROWSER is 1.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserFactAttribute : FactAttribute
{
    private readonly string? onlyWith;

    public BrowserFactAttribute() => Skip = Chromium.WhyNot;

    /// <summary>An environment variable that has to be 1, for a test that changes files of the repository.</summary>
    public string? OnlyWith
    {
        get => onlyWith;
        init
        {
            onlyWith = value;
            if (Environment.GetEnvironmentVariable(value!) != "1")
            {
                Skip = $"runs only with {value}=1";
            }
        }
    }
}

using Microsoft.Playwright;

namespace Otp2fa.Web.Tests.RealBrowser;

/// <summary>What somebody sits in front of.</summary>
internal sealed record Look(int Width, int Height, bool Phone, bool Script, ColorScheme Scheme)
{
    public static Look Desktop { get; } = new(1280, 900, false, true, ColorScheme.Light);

    /// <summary>The smallest screen that pages must fit (WCAG 1.4.10).</summary>
    public static Look SmallPhone { get; } = new(320, 640, true, true, ColorScheme.Light);

    public BrowserNewContextOptions ToContext() =>
        new()
        {
            ViewportSize = new ViewportSize { Width = Width, Height = Height },
            IsMobile = Phone,
            HasTouch = Phone,
            DeviceScaleFactor = 1,
            JavaScriptEnabled = Script,
            ColorScheme = Scheme,
            Locale = "en-GB",
            TimezoneId = "Europe/London",
        };

    public override string ToString() =>
        $"{(Phone ? "phone" : "desktop")}-{Width}-{(Scheme == ColorScheme.Dark ? "dark" : "light")}{(Script ? "" : "-no-script")}";
}

namespace Otp2fa.Web.Tests.RealBrowser;

/// <summary>The tests that share one Chromium, one after the other.</summary>
[CollectionDefinition(Name)]
#pragma warning disable CA1711 // xunit's word for it.
public sealed class ChromiumCollection : ICollectionFixture<Chromium>
#pragma warning restore CA1711
{
    public const string Name = "Chromium";
}

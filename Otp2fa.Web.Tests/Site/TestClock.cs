using Microsoft.Extensions.Time.Testing;

namespace Otp2fa.Web.Tests.Site;

/// <summary>The one clock of a site, its simulator and its tests. Starts at the real time and moves only forward.</summary>
internal sealed class TestClock() : FakeTimeProvider(TimeProvider.System.GetUtcNow());

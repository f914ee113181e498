using System.Net;
using Otp2fa.InfobipSimulator;
using Otp2fa.InfobipSimulator.Api;
using Otp2fa.InfobipSimulator.Faults;
using Otp2fa.InfobipSimulator.Pins;
using Otp2fa.Web.Tests.Site;

namespace Otp2fa.Web.Tests.Scenarios;

/// <summary>The look at the set-up at Infobip that a site takes once after its start.</summary>
[Trait("Covers", "R12")]
public sealed class SetupCheckTests
{
    private const string Key = "canary-management-key";
    private const string ApplicationId = "7B1E0C9A44D2F0E6A1C35D8890AA12FE";
    private const string MessageId = "C04D5A1F9B7732E8D6120BFA8E93C411";

    [Fact]
    public async Task A_code_that_can_be_replayed_degrades_the_site_with_the_doctor_s_sentence()
    {
        await using var infobip = await StartAsync(good =>
            good with
            {
                AllowMultiplePinVerifications = true,
            }
        );
        await using var site = await TestSite.StartAsync([.. Settings(infobip)]);

        var body = await HealthOnceAsync(site, "Degraded");

        Assert.Contains(
            "allowMultiplePinVerifications true: A code that verifies again after it was used can be replayed.",
            body,
            StringComparison.Ordinal
        );
        Assert.Contains(
            site.Logs.Lines,
            line =>
                line.StartsWith(
                    "Error The set-up at Infobip fails the check \"single-use\"",
                    StringComparison.Ordinal
                )
        );
    }

    [Theory]
    [InlineData(
        "TwoFactor:PinLength",
        "8",
        "pinLength 6: The page takes codes of its own length alone"
    )]
    [InlineData(
        "TwoFactor:ChallengeLifetime",
        "00:04:00",
        "pinTimeToLive 5m: A code that Infobip takes"
    )]
    [InlineData("TwoFactor:ChallengeLifetime", "00:06:00", "pinTimeToLive 5m: Codes die before")]
    public async Task A_code_of_another_length_or_life_than_the_site_says_degrades_it(
        string setting,
        string value,
        string sentence
    )
    {
        await using var infobip = await StartAsync(good => good);
        await using var site = await TestSite.StartAsync([.. Settings(infobip), (setting, value)]);

        Assert.Contains(
            sentence,
            await HealthOnceAsync(site, "Degraded"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_set_up_that_is_mended_is_found_good_at_the_next_look()
    {
        await using var infobip = await StartAsync(good =>
            good with
            {
                AllowMultiplePinVerifications = true,
            }
        );
        await using var site = await TestSite.StartAsync([.. Settings(infobip)]);
        await HealthOnceAsync(site, "Degraded");

        (
            await site.OperateAsync(
                [.. Settings(infobip)],
                "infobip",
                "provision",
                "--simulator",
                "--yes"
            )
        ).ShouldBeDone();

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!(await HealthAsync(site)).Contains("Codes are made", StringComparison.Ordinal))
        {
            site.Clock.Advance(TimeSpan.FromMinutes(10));
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, patience.Token);
        }
    }

    [Theory]
    [InlineData("Production", true)]
    [InlineData("Staging", false)]
    public async Task Where_nobody_says_otherwise_Production_looks_and_no_other_environment(
        string environment,
        bool looks
    )
    {
        await using var infobip = await StartAsync(good => good);
        await using var production = await ProductionSite.StartAsync(
            environment,
            [.. Settings(infobip), ("Infobip:CheckAtStart", null)]
        );

        if (looks)
        {
            await production.Site.EventuallyAsync(() =>
                Task.FromResult(infobip.Calls.Count(InfobipOperation.ReadMessage) == 1)
            );
        }
        else
        {
            await production.Site.Host.DisposeAsync();
            Assert.Empty(infobip.Calls.All);
        }
    }

    [Fact]
    public async Task A_limit_that_keeps_people_out_is_an_alarm_and_does_not_degrade()
    {
        await using var infobip = await StartAsync(good =>
            good with
            {
                SendPinPerPhoneNumberLimit = RateLimit.Parse("3/1d"),
            }
        );
        await using var site = await TestSite.StartAsync([.. Settings(infobip)]);

        await HealthOnceAsync(site, "Codes are made as this site says.");

        Assert.Contains(
            site.Logs.Lines,
            line => line.Contains("fails the check \"number-limit\"", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task An_Infobip_that_hangs_delays_nothing()
    {
        await using var infobip = await StartAsync(good => good);
        var release = new TaskCompletionSource();
        infobip.Faults.ForAll(InfobipOperation.VerifyPin, Fault.HeldUntil(release.Task));

        await using var site = await TestSite.StartAsync([.. Settings(infobip)]);

        Assert.Equal(HttpStatusCode.OK, (await site.NewBrowser().GoAsync("/")).Status);
        Assert.Contains("Not checked.", await HealthAsync(site), StringComparison.Ordinal);
        release.SetResult();
        await HealthOnceAsync(site, "Codes are made as this site says.");
    }

    [Fact]
    public async Task An_Infobip_that_hangs_does_not_hold_up_the_stop()
    {
        await using var infobip = await StartAsync(good => good);
        var never = new TaskCompletionSource();
        infobip.Faults.ForAll(InfobipOperation.VerifyPin, Fault.HeldUntil(never.Task));
        await using var site = await TestSite.StartAsync([
            .. Settings(infobip),
            ("Infobip:Timeout", "00:00:30"),
        ]);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (infobip.Calls.All.Count == 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, patience.Token);
        }

        await site.Host.DisposeAsync().AsTask().WaitAsync(patience.Token);

        never.SetResult();
        site.ShouldHaveLoggedNoError();
    }

    [Theory]
    [InlineData("true", true, true)]
    [InlineData("true", false, false)]
    [InlineData("false", true, false)]
    [InlineData(null, true, false)]
    public async Task It_looks_where_it_is_switched_on_and_has_a_key_for_management(
        string? isOn,
        bool hasKey,
        bool looks
    )
    {
        await using var infobip = await StartAsync(good => good);
        await using var site = await TestSite.StartAsync([
            .. Settings(infobip),
            ("Infobip:CheckAtStart", isOn),
            ("Infobip:ManagementKey", hasKey ? Key : null),
        ]);

        if (looks)
        {
            await HealthOnceAsync(site, "Codes are made as this site says.");
        }
        else
        {
            // The check is over before the site stops, if there is one.
            await site.Host.DisposeAsync();
            Assert.Empty(infobip.Calls.All);
        }
    }

    [Fact]
    public async Task An_Infobip_that_does_not_answer_is_asked_again_after_ten_minutes()
    {
        await using var infobip = await StartAsync(good => good);
        infobip.Faults.ForNext(InfobipOperation.VerifyPin, Fault.CutBefore());
        await using var site = await TestSite.StartAsync([.. Settings(infobip)]);
        await HealthOnceAsync(site, "Not checked: the log says why.");

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!(await HealthAsync(site)).Contains("Codes are made", StringComparison.Ordinal))
        {
            site.Clock.Advance(TimeSpan.FromMinutes(10));
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, patience.Token);
        }

        Assert.Equal(2, infobip.Calls.Count(InfobipOperation.VerifyPin));
    }

    private static (string, string?)[] Settings(SimulatorHost infobip) =>
        [
            ("Infobip:BaseUrl", infobip.BaseAddress.ToString()),
            ("Infobip:ApiKey", Key),
            ("Infobip:ManagementKey", Key),
            ("Infobip:ApplicationId", ApplicationId),
            ("Infobip:MessageId", MessageId),
            ("Infobip:CheckAtStart", "true"),
        ];

    private static async Task<SimulatorHost> StartAsync(
        Func<PinConfiguration, PinConfiguration> change
    )
    {
        var seeded = SimulatorOptions.Seeded(Key, ApplicationId, MessageId);
        var application = seeded.Applications[0];
        return await SimulatorHost.StartAsync(
            seeded with
            {
                Applications =
                [
                    application with
                    {
                        Configuration = change(application.Configuration),
                    },
                ],
            },
            TimeProvider.System,
            CancellationToken.None
        );
    }

    private static async Task<string> HealthAsync(TestSite site)
    {
        site.ShowHealthDetailsOn(9080);
        return (await site.AskFromAsync(IPAddress.Loopback, 9080, "/health/ready")).Body;
    }

    /// <summary>The check runs beside; health is asked until it says what is waited for.</summary>
    private static async Task<string> HealthOnceAsync(TestSite site, string says)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            var body = await HealthAsync(site);
            if (body.Contains(says, StringComparison.Ordinal))
            {
                return body;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, patience.Token);
        }
    }
}

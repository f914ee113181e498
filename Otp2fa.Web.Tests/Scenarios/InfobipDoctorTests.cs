using System.Text.Json;
using Otp2fa.InfobipSimulator;
using Otp2fa.InfobipSimulator.Api;
using Otp2fa.InfobipSimulator.Faults;
using Otp2fa.InfobipSimulator.Pins;
using Otp2fa.Web.Tests.Site;
using Otp2fa.Web.Tests.Support;

namespace Otp2fa.Web.Tests.Scenarios;

/// <summary>The command <c>infobip doctor</c>, against a simulator that is set up well, badly, or not at all.</summary>
public sealed class InfobipDoctorTests
{
    private const string SiteKey = "canary-site-key";
    private const string ManagementKey = "canary-management-key";
    private const string ApplicationId = "7B1E0C9A44D2F0E6A1C35D8890AA12FE";
    private const string MessageId = "C04D5A1F9B7732E8D6120BFA8E93C411";

    [Fact]
    public async Task A_good_set_up_ends_with_0_and_says_what_could_be_better()
    {
        await using var infobip = await StartAsync(Good);

        var answer = await ExamineAsync(infobip);

        Snapshot.ShouldMatch("doctor-good", answer, infobip);

        Assert.Equal(0, answer.ExitCode);
        Assert.Equal(
            $"Infobip at {infobip.BaseAddress.Authority}, settings of Development",
            answer.Lines[0]
        );
        Assert.Contains("pass  single-use: allowMultiplePinVerifications false", answer.Lines);
        Assert.Contains("warn  origin-bound: no such line", answer.Lines);
        Assert.DoesNotContain(
            answer.Lines,
            line => line.StartsWith("FAIL", StringComparison.Ordinal)
        );
        Assert.DoesNotContain(SiteKey, answer.Output + answer.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(
            ManagementKey,
            answer.Output + answer.Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Infobip_s_own_defaults_end_with_1_and_say_how_to_mend_each()
    {
        await using var infobip = await StartAsync(_ => new PinConfiguration());

        var answer = await ExamineAsync(infobip);

        Snapshot.ShouldMatch("doctor-defaults", answer, infobip);
        Assert.Equal(1, answer.ExitCode);
        Assert.Equal(
            [
                "FAIL  single-use: allowMultiplePinVerifications true",
                "FAIL  time-to-live: pinTimeToLive 15m",
                "FAIL  pin-attempts: pinAttempts 10",
                "FAIL  number-limit: sendPinPerPhoneNumberLimit 3/1d",
            ],
            answer.Lines.Where(line => line.StartsWith("FAIL", StringComparison.Ordinal))
        );
        Assert.Equal(
            answer.Lines.Count(line =>
                line.StartsWith("FAIL", StringComparison.Ordinal)
                || line.StartsWith("warn", StringComparison.Ordinal)
            ),
            answer.Lines.Count(line => line.StartsWith("Mend: ", StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task A_script_gets_every_check_with_its_level_as_JSON()
    {
        await using var infobip = await StartAsync(_ => new PinConfiguration());

        var answer = await ExamineAsync(infobip, "--json");

        Snapshot.ShouldMatch("doctor-json", answer, infobip);

        var report = JsonDocument.Parse(answer.Output).RootElement;
        Assert.Equal("Fail", report.GetProperty("result").GetString());
        Assert.Equal("Development", report.GetProperty("environment").GetString());
        Assert.Equal(infobip.BaseAddress.Authority, report.GetProperty("host").GetString());
        var check = report
            .GetProperty("checks")
            .EnumerateArray()
            .Single(one => one.GetProperty("id").GetString() == "single-use");
        Assert.Equal(
            ["id", "level", "found", "why", "mend"],
            check.EnumerateObject().Select(property => property.Name)
        );
    }

    [Fact]
    public async Task The_key_of_the_site_alone_is_explained_and_no_failure()
    {
        await using var infobip = await StartAsync(Good);

        var answer = await ExamineAsync(infobip, [("Infobip:ManagementKey", null)]);

        Snapshot.ShouldMatch("doctor-site-key-alone", answer, infobip);

        Assert.Equal(0, answer.ExitCode);
        Assert.Contains("warn  application: 403", answer.Lines);
        Assert.Contains(
            answer.Lines,
            line => line.Contains("Infobip:ManagementKey", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("Infobip:ApiKey", "unknown-key", "FAIL  site-key: 401")]
    [InlineData("Infobip:ManagementKey", "unknown-key", "FAIL  application: 401")]
    [InlineData("Infobip:ManagementKey", SiteKey, "FAIL  application: 403")]
    [InlineData("Infobip:ApplicationId", "NO-SUCH-ID", "FAIL  application: 404")]
    [InlineData("Infobip:MessageId", "NO-SUCH-ID", "FAIL  template: 404")]
    [InlineData("TwoFactor:PinLength", "8", "FAIL  pin-length: pinLength 6")]
    [InlineData("TwoFactor:ChallengeLifetime", "00:04:00", "FAIL  time-to-live: pinTimeToLive 5m")]
    public async Task A_wrong_setting_is_found(string setting, string value, string line)
    {
        await using var infobip = await StartAsync(Good);

        var answer = await ExamineAsync(infobip, [(setting, value)]);

        Assert.Equal(1, answer.ExitCode);
        Assert.Contains(line, answer.Lines);
    }

    [Fact]
    public async Task A_throttled_read_says_how_long_to_wait_and_ends_with_2()
    {
        await using var infobip = await StartAsync(Good);
        infobip.Faults.ForNext(InfobipOperation.ReadApplication, Fault.Throttled());

        var answer = await ExamineAsync(infobip);

        Assert.Equal(2, answer.ExitCode);
        Assert.Contains("warn  application: 429", answer.Lines);
        Assert.Contains("Mend: Wait ten minutes and try again.", answer.Lines);
    }

    [Fact]
    public async Task A_wait_that_Infobip_names_is_told()
    {
        await using var infobip = await StartAsync(Good);
        infobip.Faults.ForNext(InfobipOperation.ReadMessage, Fault.Throttled("42"));

        var answer = await ExamineAsync(infobip);

        Assert.Contains("Mend: Wait 42 seconds and try again.", answer.Lines);
    }

    [Theory]
    [InlineData("Infobip:NumberLookup", "perhaps", "Infobip:NumberLookup cannot be read")]
    [InlineData("TwoFactor:PinLength", "3", "TwoFactor:PinLength")]
    [InlineData("Serilog:MinimumLevel:Default", "Loud", "Serilog:MinimumLevel")]
    public async Task Settings_that_cannot_be_read_end_with_2_and_a_sentence(
        string setting,
        string value,
        string sentence
    )
    {
        await using var infobip = await StartAsync(Good);

        var answer = await ExamineAsync(infobip, [(setting, value)]);

        Assert.Equal(2, answer.ExitCode);
        Assert.Contains(sentence, answer.Error, StringComparison.Ordinal);
        Assert.Empty(infobip.Calls.All);
    }

    [Fact]
    public async Task Settings_of_the_site_that_it_does_not_need_may_be_wrong()
    {
        await using var infobip = await StartAsync(Good);

        var answer = await ExamineAsync(
            infobip,
            [
                ("Database:Provider", "Oracle"),
                ("Security:HashKey", "short"),
                ("Security:KeyRingCertificate", "/nowhere/ring.pfx"),
                ("Mail:SenderAddress", "nobody"),
            ]
        );

        Assert.Equal(0, answer.ExitCode);
    }

    [Fact]
    public async Task A_page_of_a_gateway_is_no_proof_of_a_key()
    {
        await using var infobip = await StartAsync(Good);
        infobip.Faults.ForNext(InfobipOperation.VerifyPin, Fault.HtmlBody(404));

        var answer = await ExamineAsync(infobip);

        Assert.Equal(2, answer.ExitCode);
        Assert.Contains("FAIL  site-key: no answer", answer.Lines);
    }

    [Fact]
    public async Task Without_a_key_for_management_an_unknown_key_of_the_site_is_not_as_it_should_be()
    {
        await using var infobip = await StartAsync(Good);

        var answer = await ExamineAsync(
            infobip,
            [("Infobip:ManagementKey", null), ("Infobip:ApiKey", "unknown-key")]
        );

        Assert.Contains("FAIL  application: 401", answer.Lines);
        Assert.DoesNotContain("as it should be", answer.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_of_the_site_that_can_change_the_set_up_is_warned_of()
    {
        await using var infobip = await StartAsync(Good);

        var answer = await ExamineAsync(
            infobip,
            [("Infobip:ManagementKey", null), ("Infobip:ApiKey", ManagementKey)]
        );

        Assert.Equal(0, answer.ExitCode);
        Assert.Equal(
            ["warn  management-key: the key of the site can manage"],
            answer.Lines.Where(line => line.Contains("-key: the key", StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task Nobody_at_the_address_ends_with_2()
    {
        await using var infobip = await StartAsync(Good);
        infobip.Faults.ForAll(InfobipOperation.VerifyPin, Fault.CutBefore());

        var answer = await ExamineAsync(infobip);

        Assert.Equal(2, answer.ExitCode);
        Assert.Contains("FAIL  site-key: no answer", answer.Lines);
    }

    [Fact]
    public async Task An_address_of_this_machine_is_refused_unless_a_simulator_is_meant()
    {
        await using var infobip = await StartAsync(Good);
        await using var site = await TestSite.StartAsync();

        var answer = await site.OperateAsync([.. Settings(infobip)], "infobip", "doctor");

        Assert.Equal(2, answer.ExitCode);
        Assert.Contains("add --simulator", answer.Error, StringComparison.Ordinal);
        Assert.Empty(infobip.Calls.All);
    }

    [Fact]
    public async Task Settings_that_are_missing_are_named_and_end_with_2()
    {
        await using var site = await TestSite.StartAsync();

        var answer = await site.OperateAsync(
            [("Infobip:ApiKey", null), ("Infobip:MessageId", null)],
            "infobip",
            "doctor",
            "--simulator"
        );

        Assert.Equal((2, ""), (answer.ExitCode, answer.Output));
        Assert.Contains("Infobip:ApiKey is missing.", answer.Error, StringComparison.Ordinal);
        Assert.Contains("Infobip:MessageId is missing.", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_reads_and_one_question_are_all_that_it_asks()
    {
        await using var infobip = await StartAsync(Good);

        await ExamineAsync(infobip);

        Assert.Equal(
            [
                InfobipOperation.VerifyPin,
                InfobipOperation.ReadApplication,
                InfobipOperation.ReadMessage,
            ],
            infobip.Calls.All.Select(call => call.Operation)
        );
    }

    [Fact]
    public async Task The_program_itself_takes_the_names_of_an_environment_that_is_there_already()
    {
        await using var infobip = await StartAsync(Good);
        await using var site = await TestSite.StartInRealTimeAsync();

        var answer = await site.OperateInProcessAsync(
            [
                ("Infobip:BaseUrl", null),
                ("Infobip:ApiKey", null),
                ("Infobip:ApplicationId", null),
                ("Infobip:MessageId", null),
                ("INFOBIP_BASE_URL", infobip.BaseAddress.ToString()),
                ("INFOBIP_API_KEY", SiteKey),
                ("INFOBIP_APP_ID", ApplicationId),
                ("INFOBIP_MSG_ID", MessageId),
                ("Infobip:ManagementKey", ManagementKey),
            ],
            "infobip",
            "doctor",
            "--simulator"
        );

        Assert.True(answer.ExitCode == 0, answer.Output + answer.Error);
        Assert.Contains(
            $"Infobip at {infobip.BaseAddress.Authority}, settings of Development",
            answer.Lines
        );
    }

    private static readonly Func<PinConfiguration, PinConfiguration> Good = seeded => seeded;

    private static async Task<SimulatorHost> StartAsync(
        Func<PinConfiguration, PinConfiguration> change
    )
    {
        var seeded = SimulatorOptions.Seeded(ManagementKey, ApplicationId, MessageId);
        var application = seeded.Applications[0];
        return await SimulatorHost.StartAsync(
            seeded with
            {
                AdditionalKeys = [new SimulatorKey(SiteKey, [InfobipScope.SendPin])],
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

    private static (string, string?)[] Settings(SimulatorHost infobip) =>
        [
            ("Infobip:BaseUrl", infobip.BaseAddress.ToString()),
            ("Infobip:ApiKey", SiteKey),
            ("Infobip:ManagementKey", ManagementKey),
            ("Infobip:ApplicationId", ApplicationId),
            ("Infobip:MessageId", MessageId),
        ];

    private static Task<OperatorAnswer> ExamineAsync(SimulatorHost infobip, params string[] more) =>
        ExamineAsync(infobip, [], more);

    private static async Task<OperatorAnswer> ExamineAsync(
        SimulatorHost infobip,
        (string, string?)[] changes,
        params string[] more
    )
    {
        await using var site = await TestSite.StartAsync();
        return await site.OperateAsync(
            [.. Settings(infobip), .. changes],
            ["infobip", "doctor", "--simulator", .. more]
        );
    }
}

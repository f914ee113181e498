using System.Text.Json;
using Otp2fa.InfobipSimulator;
using Otp2fa.InfobipSimulator.Api;
using Otp2fa.InfobipSimulator.Faults;
using Otp2fa.InfobipSimulator.Pins;
using Otp2fa.Web.Infobip;
using Otp2fa.Web.Tests.Site;
using Otp2fa.Web.Tests.Support;

namespace Otp2fa.Web.Tests.Scenarios;

/// <summary>The command <c>infobip provision</c>, against accounts that are empty, right, or wrong in one thing.</summary>
public sealed class InfobipProvisionTests
{
    private const string Key = "canary-management-key";
    private const string ApplicationId = "7B1E0C9A44D2F0E6A1C35D8890AA12FE";
    private const string MessageId = "C04D5A1F9B7732E8D6120BFA8E93C411";

    private static readonly InfobipOperation[] Writes =
    [
        InfobipOperation.CreateApplication,
        InfobipOperation.UpdateApplication,
        InfobipOperation.CreateMessage,
        InfobipOperation.UpdateMessage,
    ];

    [Fact]
    public async Task An_empty_account_gets_both_and_the_doctor_finds_nothing_to_mend()
    {
        await using var infobip = await StartAsync(new SimulatorOptions { ApiKey = Key });

        var answer = await ProvisionAsync(
            infobip,
            "--yes",
            "--origin",
            "www.example.com",
            "--sender",
            "Otp2fa"
        );

        answer.ShouldBeDone();
        Snapshot.ShouldMatch("provision-empty", answer, infobip);
        var doctor = await OperateAsync(
            infobip,
            [
                ("Infobip:ApplicationId", IdIn(answer, "ApplicationId")),
                ("Infobip:MessageId", IdIn(answer, "MessageId")),
            ],
            "infobip",
            "doctor",
            "--simulator",
            "--json"
        );
        Assert.Equal(0, doctor.ExitCode);
        Assert.Equal(
            ["base-url"],
            JsonDocument
                .Parse(doctor.Output)
                .RootElement.GetProperty("checks")
                .EnumerateArray()
                .Where(check => check.GetProperty("level").GetString() != "Pass")
                .Select(check => check.GetProperty("id").GetString())
        );
    }

    [Fact]
    public async Task A_second_run_finds_everything_as_it_should_be_and_writes_nothing()
    {
        await using var infobip = await StartAsync(new SimulatorOptions { ApiKey = Key });
        var first = await ProvisionAsync(infobip, "--yes");
        var writes = CountWrites(infobip);

        var second = (await ProvisionAsync(infobip, "--yes")).ShouldBeDone();

        Snapshot.ShouldMatch("provision-second", second, infobip);

        Assert.Equal(2, writes);
        Assert.Equal(writes, CountWrites(infobip));
        Assert.Contains("The application is as it should be.", second.Lines);
        Assert.Contains("The template is as it should be.", second.Lines);
        Assert.Equal(first.Lines.TakeLast(3), second.Lines.TakeLast(3));
    }

    [Fact]
    public async Task A_run_without_options_does_not_undo_one_with_them()
    {
        await using var infobip = await StartAsync(new SimulatorOptions { ApiKey = Key });
        await ProvisionAsync(
            infobip,
            "--yes",
            "--origin",
            "www.example.com",
            "--sender",
            "Mine",
            "--language",
            "de"
        );
        var writes = CountWrites(infobip);

        var again = (await ProvisionAsync(infobip, "--yes")).ShouldBeDone();

        Assert.Contains("The template is as it should be.", again.Lines);
        Assert.Equal(writes, CountWrites(infobip));
    }

    public static TheoryData<string, string> Wrong =>
        new()
        {
            { "pinAttempts", "pinAttempts: 10 -> 5" },
            { "allowMultiplePinVerifications", "allowMultiplePinVerifications: true -> false" },
            { "pinTimeToLive", "pinTimeToLive: 15m -> 5m" },
            { "verifyPinLimit", "verifyPinLimit: 1/3s -> 5/5s" },
            { "sendPinPerPhoneNumberLimit", "sendPinPerPhoneNumberLimit: 3/1d -> 12/1d" },
            { "sendPinPerApplicationLimit", "sendPinPerApplicationLimit: 1/1d -> 10000/1d" },
            { "enabled", "enabled: false -> true" },
            { "pinLength", "pinLength: 4 -> 6" },
            { "pinType", "pinType: ALPHA -> NUMERIC" },
            {
                "messageText",
                "messageText: Your code: {{pin}} -> {{pin}} is your Otp2fa security code. Never share it with anyone."
            },
        };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task What_is_wrong_in_one_thing_is_mended_in_that_one(string what, string line)
    {
        var seeded = Break(SimulatorOptions.Seeded(Key, ApplicationId, MessageId), what);
        await using var infobip = await StartAsync(seeded);

        var answer = (await ProvisionAsync(infobip, "--yes")).ShouldBeDone();

        Assert.Equal(
            [line],
            answer.Lines.Where(one => one.Contains(" -> ", StringComparison.Ordinal))
        );
        Assert.Equal(1, CountWrites(infobip));
        Assert.DoesNotContain(
            (await ProvisionAsync(infobip, "--yes")).Lines,
            one => one.Contains(" -> ", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_dry_run_shows_the_plan_and_writes_nothing()
    {
        await using var infobip = await StartAsync(new SimulatorOptions { ApiKey = Key });

        var answer = await ProvisionAsync(infobip, "--dry-run");

        Assert.Equal(1, answer.ExitCode);
        Assert.Contains("The application is to be made:", answer.Lines);
        Assert.Equal(0, CountWrites(infobip));
    }

    [Fact]
    public async Task Nobody_who_says_yes_is_nobody_who_agreed()
    {
        await using var infobip = await StartAsync(new SimulatorOptions { ApiKey = Key });
        await using var site = await TestSite.StartInRealTimeAsync();

        var answer = await site.OperateInProcessAsync(
            [.. Settings(infobip)],
            "infobip",
            "provision",
            "--simulator"
        );

        Assert.Equal(2, answer.ExitCode);
        Assert.Contains("Nothing was written.", answer.Error, StringComparison.Ordinal);
        Assert.Equal(0, CountWrites(infobip));
        Assert.DoesNotContain(Key, answer.Output + answer.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401, "Infobip does not know the key.")]
    [InlineData(403, "Infobip:ManagementKey")]
    [InlineData(429, "in ten minutes")]
    [InlineData(500, "Run it again")]
    public async Task A_refusal_is_explained_and_ends_with_2(int status, string sentence)
    {
        await using var infobip = await StartAsync(new SimulatorOptions { ApiKey = Key });
        infobip.Faults.ForAll(InfobipOperation.ListApplications, Fault.WithStatus(status));

        var answer = await ProvisionAsync(infobip, "--yes");

        Assert.Equal(2, answer.ExitCode);
        Assert.Contains(sentence, answer.Error, StringComparison.Ordinal);
        Assert.Equal(0, CountWrites(infobip));
    }

    [Fact]
    public async Task After_an_outage_in_the_middle_the_next_run_goes_on_from_there()
    {
        await using var infobip = await StartAsync(new SimulatorOptions { ApiKey = Key });
        infobip.Faults.ForNext(InfobipOperation.CreateMessage, Fault.CutBefore());

        var broken = await ProvisionAsync(infobip, "--yes");
        var mended = (await ProvisionAsync(infobip, "--yes")).ShouldBeDone();

        Assert.Equal(2, broken.ExitCode);
        Assert.Contains("The template was not written", broken.Error, StringComparison.Ordinal);
        Assert.Contains("The application is as it should be.", mended.Lines);
        Assert.Equal(1, infobip.Calls.Count(InfobipOperation.CreateApplication));
        Assert.Equal(IdIn(broken, "ApplicationId"), IdIn(mended, "ApplicationId"));
    }

    [Fact]
    public async Task Two_applications_of_one_name_are_not_guessed_between()
    {
        var seeded = SimulatorOptions.Seeded(Key, ApplicationId, MessageId);
        await using var infobip = await StartAsync(
            seeded with
            {
                Applications =
                [
                    seeded.Applications[0],
                    seeded.Applications[0] with
                    {
                        ApplicationId = "ANOTHER",
                        Templates = [],
                    },
                ],
            }
        );

        var answer = await ProvisionAsync(infobip, "--yes");
        var named = await OperateAsync(
            infobip,
            [("Infobip:ApplicationId", ApplicationId)],
            "infobip",
            "provision",
            "--simulator",
            "--yes"
        );

        Assert.Equal(2, answer.ExitCode);
        Assert.Contains(
            "2 applications with the name Otp2fa",
            answer.Error,
            StringComparison.Ordinal
        );
        named.ShouldBeDone();
        Assert.Equal(0, CountWrites(infobip));
    }

    [Fact]
    public async Task A_script_gets_the_changes_and_the_ids_as_JSON_and_nothing_else()
    {
        await using var infobip = await StartAsync(new SimulatorOptions { ApiKey = Key });

        var answer = (await ProvisionAsync(infobip, "--yes", "--json")).ShouldBeDone();

        Snapshot.ShouldMatch("provision-json", answer, infobip);
    }

    [Theory]
    [InlineData("--text", "no placeholder")]
    [InlineData("--text", "{{pin}} for {{name}}")]
    [InlineData("--text", "Your code: {{pin}}")]
    [InlineData("--origin", "https://www.example.com")]
    [InlineData("--origin", "www.example.com/path")]
    [InlineData("--language", "xx")]
    [InlineData("--sender", "A name of 12")]
    [InlineData("--sender", "1234567890123456")]
    [InlineData("--sender", "Łódź")]
    [InlineData("--sender", "Mine ")]
    [InlineData("--sender", "[brackets]")]
    [InlineData("--origin", "bücher.example")]
    [InlineData("--origin", "my_host.example")]
    [InlineData("--name", " ")]
    [InlineData("--name", "{{pin}}")]
    public async Task What_cannot_be_right_is_refused_before_anything_is_asked(
        string option,
        string value
    )
    {
        await using var infobip = await StartAsync(new SimulatorOptions { ApiKey = Key });

        var answer = await ProvisionAsync(infobip, "--yes", option, value);

        Assert.Equal(2, answer.ExitCode);
        Assert.Empty(infobip.Calls.All);
    }

    [Theory]
    [InlineData("--sender", "Mine", "senderId: Otp2fa -> Mine")]
    [InlineData("--language", "DE", "language: en -> de")]
    public async Task What_is_asked_for_is_changed_in_the_template(
        string option,
        string value,
        string line
    )
    {
        var seeded = SimulatorOptions.Seeded(Key, ApplicationId, MessageId);
        var application = seeded.Applications[0];
        await using var infobip = await StartAsync(
            seeded with
            {
                Applications =
                [
                    application with
                    {
                        Templates = [application.Templates[0] with { SenderId = "Otp2fa" }],
                    },
                ],
            }
        );

        var answer = (await ProvisionAsync(infobip, "--yes", option, value)).ShouldBeDone();
        var again = (await ProvisionAsync(infobip, "--yes", option, value)).ShouldBeDone();

        Assert.Equal(
            [line],
            answer.Lines.Where(one => one.Contains(" -> ", StringComparison.Ordinal))
        );
        Assert.Contains("The template is as it should be.", again.Lines);
        Assert.Equal(1, CountWrites(infobip));
    }

    [Fact]
    public async Task An_origin_is_added_to_a_text_of_one_s_own_and_changed_in_its_place()
    {
        await using var infobip = await StartAsync(new SimulatorOptions { ApiKey = Key });
        const string own = "{{pin}} is it.\r\nThanks.";
        await ProvisionAsync(infobip, "--yes", "--text", own);
        var again = await ProvisionAsync(infobip, "--yes", "--text", own);

        var added = await ProvisionAsync(infobip, "--yes", "--origin", "a.example");
        var changed = await ProvisionAsync(infobip, "--yes", "--origin", "b.example");

        Assert.Contains("The template is as it should be.", again.Lines);
        Assert.Contains(
            @"messageText: {{pin}} is it.\nThanks. -> {{pin}} is it.\nThanks.\n@a.example #{{pin}}",
            added.Lines
        );
        Assert.Contains(
            @"messageText: {{pin}} is it.\nThanks.\n@a.example #{{pin}} -> {{pin}} is it.\nThanks.\n@b.example #{{pin}}",
            changed.Lines
        );
    }

    [Fact]
    public void What_a_template_has_beside_goes_over_with_every_write()
    {
        var facts = ReadRules.FactsOf(
            JsonSerializer.Deserialize(
                """{"messageText":"{{pin}}","voiceName":"Joanna","speechRate":1.5,"repeatDTMF":"1#","regional":{"indiaDlt":{"principalEntityId":"1"}}}""",
                InfobipJson.Default.TemplateResponse
            )!
        );
        var request = new TemplateRequest(
            "{{pin}}",
            "NUMERIC",
            6,
            null,
            null,
            facts.Rest!.VoiceName,
            facts.Rest.SpeechRate,
            facts.Rest.RepeatDtmf,
            facts.Rest.Regional
        );

        Assert.Equal(
            """{"messageText":"{{pin}}","pinType":"NUMERIC","pinLength":6,"voiceName":"Joanna","speechRate":1.5,"repeatDTMF":"1#","regional":{"indiaDlt":{"principalEntityId":"1"}}}""",
            JsonSerializer.Serialize(request, InfobipJson.Default.TemplateRequest)
        );
    }

    [Theory]
    [InlineData("TwoFactor:Issuer", "{{name}}", "Add --name.")]
    [InlineData("Infobip:From", "A name that is too long", "Infobip:From is no sender")]
    public async Task Settings_that_make_no_application_are_named_before_anything_is_asked(
        string setting,
        string value,
        string sentence
    )
    {
        await using var infobip = await StartAsync(new SimulatorOptions { ApiKey = Key });

        var answer = await OperateAsync(
            infobip,
            [(setting, value)],
            "infobip",
            "provision",
            "--simulator",
            "--yes"
        );

        Assert.Equal(2, answer.ExitCode);
        Assert.Contains(sentence, answer.Error, StringComparison.Ordinal);
        Assert.Empty(infobip.Calls.All);
    }

    [Theory]
    [InlineData("APP", null, "no application with the id of Infobip:ApplicationId")]
    [InlineData(ApplicationId, "MSG", "no template with the id of Infobip:MessageId")]
    [InlineData(null, "MSG", "no template with the id of Infobip:MessageId")]
    public async Task An_id_of_the_settings_that_is_not_there_is_not_passed_over(
        string? application,
        string? message,
        string sentence
    )
    {
        await using var infobip = await StartAsync(
            SimulatorOptions.Seeded(Key, ApplicationId, MessageId)
        );

        var answer = await OperateAsync(
            infobip,
            [("Infobip:ApplicationId", application), ("Infobip:MessageId", message)],
            "infobip",
            "provision",
            "--simulator",
            "--yes"
        );

        Assert.Equal(2, answer.ExitCode);
        Assert.Contains(sentence, answer.Error, StringComparison.Ordinal);
        Assert.Equal(0, CountWrites(infobip));
    }

    [Fact]
    public async Task A_write_that_Infobip_does_not_heed_is_no_success()
    {
        await using var infobip = await StartAsync(
            Break(SimulatorOptions.Seeded(Key, ApplicationId, MessageId), "pinAttempts")
        );
        infobip.Faults.ForNext(
            InfobipOperation.UpdateApplication,
            Fault.WithBody(
                $$$"""{"applicationId":"{{{ApplicationId}}}","name":"Otp2fa","enabled":true,"configuration":{"pinAttempts":10}}"""
            )
        );

        var answer = await ProvisionAsync(infobip, "--yes");

        Assert.Equal(2, answer.ExitCode);
        Assert.Contains(
            "Infobip says that its pinAttempts is 10 all the same.",
            answer.Error,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(InfobipOperation.CreateApplication)]
    [InlineData(InfobipOperation.CreateMessage)]
    public async Task A_write_whose_answer_was_lost_is_not_made_twice(InfobipOperation lost)
    {
        await using var infobip = await StartAsync(new SimulatorOptions { ApiKey = Key });
        infobip.Faults.ForNext(lost, Fault.CutAfter());

        var broken = await ProvisionAsync(infobip, "--yes");
        var mended = (await ProvisionAsync(infobip, "--yes")).ShouldBeDone();

        Assert.Equal(2, broken.ExitCode);
        Assert.Contains("no answer. Run it again", broken.Error, StringComparison.Ordinal);
        Assert.Equal(1, infobip.Calls.Count(InfobipOperation.CreateApplication));
        Assert.Equal(1, infobip.Calls.Count(InfobipOperation.CreateMessage));
        Assert.Equal(
            lost == InfobipOperation.CreateMessage,
            mended.Lines.Contains("The template is as it should be.")
        );
    }

    [Theory]
    [InlineData(InfobipOperation.UpdateApplication, "enabled", 404, "404")]
    [InlineData(InfobipOperation.UpdateApplication, "enabled", 429, "Wait ten minutes")]
    [InlineData(InfobipOperation.UpdateMessage, "pinLength", 500, "Run it again")]
    [InlineData(InfobipOperation.UpdateMessage, "pinLength", 403, "Infobip:ManagementKey")]
    public async Task A_change_that_fails_is_told_and_made_by_the_next_run(
        InfobipOperation write,
        string wrong,
        int status,
        string sentence
    )
    {
        await using var infobip = await StartAsync(
            Break(SimulatorOptions.Seeded(Key, ApplicationId, MessageId), wrong)
        );
        infobip.Faults.ForNext(write, Fault.WithStatus(status));

        var broken = await ProvisionAsync(infobip, "--yes", "--json");
        (await ProvisionAsync(infobip, "--yes")).ShouldBeDone();

        Assert.Equal(2, broken.ExitCode);
        var report = JsonDocument.Parse(broken.Output).RootElement;
        Assert.Contains(
            sentence,
            report.GetProperty("failure").GetString(),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "is as it should be.",
            (await ProvisionAsync(infobip, "--dry-run")).ShouldBeDone().Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task What_was_written_before_a_failure_is_said()
    {
        await using var infobip = await StartAsync(new SimulatorOptions { ApiKey = Key });
        infobip.Faults.ForNext(InfobipOperation.CreateMessage, Fault.WithStatus(500));

        var broken = await ProvisionAsync(infobip, "--yes", "--json");

        var report = JsonDocument.Parse(broken.Output).RootElement;
        Assert.True(report.GetProperty("application").GetProperty("written").GetBoolean());
        Assert.False(report.GetProperty("template").GetProperty("written").GetBoolean());
        Assert.NotNull(report.GetProperty("applicationId").GetString());
    }

    [Fact]
    public async Task What_Infobip_refuses_is_named_and_not_to_be_run_again()
    {
        await using var infobip = await StartAsync(new SimulatorOptions { ApiKey = Key });
        infobip.Faults.ForNext(
            InfobipOperation.CreateMessage,
            Fault.WithBody(
                """{"requestError":{"serviceException":{"messageId":"BAD_REQUEST","text":"no","validationErrors":{"senderId":["not registered"]}}}}""",
                status: 400
            )
        );

        var answer = await ProvisionAsync(infobip, "--yes", "--sender", "Mine");

        Assert.Equal(2, answer.ExitCode);
        Assert.Contains("Infobip refuses senderId (400).", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_that_is_too_long_is_passed_by_with_the_ids()
    {
        var seeded = SimulatorOptions.Seeded(Key, ApplicationId, MessageId);
        await using var infobip = await StartAsync(
            seeded with
            {
                Applications =
                [
                    .. seeded.Applications,
                    .. Enumerable
                        .Range(0, 300)
                        .Select(i =>
                            seeded.Applications[0] with
                            {
                                ApplicationId = $"OTHER{i}",
                                Name = $"Other {i}",
                                Templates = [],
                            }
                        ),
                ],
            }
        );

        var byName = await ProvisionAsync(infobip, "--yes");
        var byId = await OperateAsync(
            infobip,
            [("Infobip:ApplicationId", ApplicationId), ("Infobip:MessageId", MessageId)],
            "infobip",
            "provision",
            "--simulator",
            "--yes"
        );

        Assert.Equal(2, byName.ExitCode);
        Assert.Contains("Set Infobip:ApplicationId", byName.Error, StringComparison.Ordinal);
        byId.ShouldBeDone();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_script_gets_one_document_also_where_nothing_could_be_planned_or_nobody_agreed(
        bool hasAgreed
    )
    {
        await using var infobip = await StartAsync(new SimulatorOptions { ApiKey = Key });
        if (hasAgreed)
        {
            infobip.Faults.ForAll(InfobipOperation.ListApplications, Fault.WithStatus(401));
        }

        var answer = hasAgreed
            ? await ProvisionAsync(infobip, "--json", "--yes")
            : await ProvisionAsync(infobip, "--json");

        Assert.Equal(2, answer.ExitCode);
        var report = JsonDocument.Parse(answer.Output).RootElement;
        Assert.NotNull(report.GetProperty("failure").GetString());
        Assert.Equal(
            hasAgreed ? JsonValueKind.Null : JsonValueKind.Object,
            report.GetProperty("application").ValueKind
        );
        Assert.Equal(
            !hasAgreed,
            answer.Error.Contains("The application is to be made:", StringComparison.Ordinal)
        );
        Assert.Equal(0, CountWrites(infobip));
    }

    [Fact]
    public async Task The_program_itself_makes_an_empty_account_right_and_finds_it_right()
    {
        await using var infobip = await StartAsync(new SimulatorOptions { ApiKey = Key });
        await using var site = await TestSite.StartInRealTimeAsync();
        Task<OperatorAnswer> RunAsync((string, string?)[] changes, params string[] args) =>
            site.OperateInProcessAsync(
                [.. Settings(infobip), .. changes],
                ["infobip", .. args, "--simulator"]
            );

        var refusals = new List<OperatorAnswer>();
        foreach (var status in new[] { 401, 403, 404, 429 })
        {
            infobip.Faults.ForNext(InfobipOperation.ListApplications, Fault.WithStatus(status));
            refusals.Add(await RunAsync([], "provision", "--yes"));
        }

        var onLoopback = await site.OperateInProcessAsync(
            [.. Settings(infobip)],
            "infobip",
            "provision",
            "--yes"
        );
        infobip.Faults.ForNext(InfobipOperation.CreateMessage, Fault.CutBefore());
        var half = await RunAsync([], "provision", "--yes");
        var whole = (await RunAsync([], "provision", "--yes")).ShouldBeDone();
        (string, string?)[] ids =
        [
            ("Infobip:ApplicationId", IdIn(whole, "ApplicationId")),
            ("Infobip:MessageId", IdIn(whole, "MessageId")),
        ];
        var writes = CountWrites(infobip);
        var again = (await RunAsync(ids, "provision", "--yes")).ShouldBeDone();
        var doctor = await RunAsync(ids, "doctor");
        var wrong = await RunAsync([.. ids, ("TwoFactor:PinLength", "8")], "doctor", "--json");

        Assert.All(refusals, refused => Assert.Equal(2, refused.ExitCode));
        Assert.Equal((2, 2), (onLoopback.ExitCode, half.ExitCode));
        Assert.Contains("The template is as it should be.", again.Lines);
        Assert.Equal(writes, CountWrites(infobip));
        Assert.Equal((0, 1), (doctor.ExitCode, wrong.ExitCode));
        Assert.Equal(
            "Fail",
            JsonDocument.Parse(wrong.Output).RootElement.GetProperty("result").GetString()
        );
        Assert.DoesNotContain(
            Key,
            string.Concat(
                refusals
                    .Concat([onLoopback, half, whole, again, doctor, wrong])
                    .Select(answer => answer.Output + answer.Error)
            ),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_text_of_two_messages_is_counted()
    {
        await using var infobip = await StartAsync(new SimulatorOptions { ApiKey = Key });

        var answer = await ProvisionAsync(
            infobip,
            "--dry-run",
            "--text",
            "{{pin}} " + new string('ż', 80)
        );

        Assert.Contains(
            answer.Lines,
            line => line.Contains("sent as 2 messages", StringComparison.Ordinal)
        );
    }

    private static SimulatorOptions Break(SimulatorOptions seeded, string what)
    {
        var application = seeded.Applications[0];
        var (good, template) = (application.Configuration, application.Templates[0]);
        var bad = new PinConfiguration();
        return seeded with
        {
            Applications =
            [
                application with
                {
                    Enabled = what != "enabled",
                    Configuration = what switch
                    {
                        "pinAttempts" => good with { PinAttempts = bad.PinAttempts },
                        "allowMultiplePinVerifications" => good with
                        {
                            AllowMultiplePinVerifications = true,
                        },
                        "pinTimeToLive" => good with { PinTimeToLive = bad.PinTimeToLive },
                        "verifyPinLimit" => good with { VerifyPinLimit = bad.VerifyPinLimit },
                        "sendPinPerPhoneNumberLimit" => good with
                        {
                            SendPinPerPhoneNumberLimit = bad.SendPinPerPhoneNumberLimit,
                        },
                        "sendPinPerApplicationLimit" => good with
                        {
                            SendPinPerApplicationLimit = RateLimit.Parse("1/1d"),
                        },
                        _ => good,
                    },
                    Templates =
                    [
                        what switch
                        {
                            "pinLength" => template with { PinLength = 4 },
                            "pinType" => template with { PinType = PinType.Alpha },
                            "messageText" => template with { MessageText = "Your code: {{pin}}" },
                            _ => template,
                        },
                    ],
                },
            ],
        };
    }

    private static string IdIn(OperatorAnswer answer, string setting) =>
        answer
            .Lines.Single(line => line.StartsWith($"Infobip__{setting}=", StringComparison.Ordinal))
            .Split('=')[1];

    private static int CountWrites(SimulatorHost infobip) =>
        infobip.Calls.All.Count(call => Writes.Contains(call.Operation));

    private static Task<SimulatorHost> StartAsync(SimulatorOptions options) =>
        SimulatorHost.StartAsync(options, TimeProvider.System, CancellationToken.None);

    private static (string, string?)[] Settings(SimulatorHost infobip) =>
        [
            ("Infobip:BaseUrl", infobip.BaseAddress.ToString()),
            ("Infobip:ApiKey", Key),
            ("Infobip:ManagementKey", Key),
            ("Infobip:ApplicationId", null),
            ("Infobip:MessageId", null),
        ];

    private static Task<OperatorAnswer> ProvisionAsync(
        SimulatorHost infobip,
        params string[] more
    ) => OperateAsync(infobip, [], ["infobip", "provision", "--simulator", .. more]);

    private static async Task<OperatorAnswer> OperateAsync(
        SimulatorHost infobip,
        (string, string?)[] changes,
        params string[] args
    )
    {
        await using var site = await TestSite.StartAsync();
        return await site.OperateAsync([.. Settings(infobip), .. changes], args);
    }
}

using Otp2fa.Web.Infobip;
using Otp2fa.Web.Operations.Setup;
using Otp2fa.Web.Tests.Support;

namespace Otp2fa.Web.Tests.Units.Operations;

/// <summary>Each line of the doctor: what passes, what is warned of, what fails; the border on both sides.</summary>
[Trait("Covers", "R12")]
public sealed class SetupRulesTests
{
    private static readonly SetupWishes Wishes = new(
        PinLength: 6,
        PinAttempts: 5,
        TimeSpan.FromMinutes(5),
        [(5, TimeSpan.FromMinutes(10)), (7, TimeSpan.FromHours(1)), (10, TimeSpan.FromDays(1))],
        [
            (120, TimeSpan.FromMinutes(1)),
            (2000, TimeSpan.FromHours(1)),
            (10_000, TimeSpan.FromDays(1)),
        ],
        Sender: null,
        NumberLookup: true
    );

    private static readonly ApplicationFacts Application = new(
        "Otp2fa",
        Enabled: true,
        PinAttempts: 5,
        AllowMultiplePinVerifications: false,
        PinTimeToLive: "5m",
        VerifyPinLimit: "5/5s",
        SendPinPerPhoneNumberLimit: "12/1d",
        SendPinPerApplicationLimit: "10000/1d"
    );

    private static readonly TemplateFacts Template = new(
        "{{pin}} is your code.\n@www.example.com #{{pin}}",
        "NUMERIC",
        PinLength: 6,
        "Otp2fa",
        "en"
    );

    [Fact]
    public void A_good_set_up_passes_every_check_and_is_told_to_mend_nothing()
    {
        var findings = ApplicationRules
            .Judge(Application, Wishes)
            .Concat(TemplateRules.Judge(Template, Wishes))
            .ToList();

        Assert.All(findings, finding => Assert.Equal(FindingLevel.Pass, finding.Level));
        Assert.All(findings, finding => Assert.Null(finding.Mend));
        Assert.Equal(findings.Count, findings.DistinctBy(finding => finding.Id).Count());
    }

    public static TheoryData<string, string?> Values
    {
        get
        {
            var data = new TheoryData<string, string?>();
            foreach (
                var (setting, values) in new (string, string?[])[]
                {
                    ("enabled", ["true", "false", null]),
                    ("pinAttempts", ["4", "5", "6", null]),
                    ("allowMultiplePinVerifications", ["true", "false", null]),
                    ("pinTimeToLive", ["299s", "300s", "5m", "301s", "soon", null]),
                    ("verifyPinLimit", ["1/3s", "5/5s", "10/5s", null]),
                    ("sendPinPerPhoneNumberLimit", ["10/1d", "11/1d", "22/1d", "23/1d", null]),
                    ("sendPinPerApplicationLimit", ["9999/1d", "10000/d", "20001/1d", null]),
                }
            )
            {
                foreach (var value in values)
                {
                    data.Add(setting, value);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Values))]
    public void Provisioning_changes_what_the_doctor_complains_of_and_leaves_what_it_lets_pass(
        string setting,
        string? value
    )
    {
        bool? truth = value is null ? null : value == "true";
        var facts = setting switch
        {
            "enabled" => Application with { Enabled = truth },
            "pinAttempts" => Application with
            {
                PinAttempts = value is null ? null : int.Parse(value, null),
            },
            "allowMultiplePinVerifications" => Application with
            {
                AllowMultiplePinVerifications = truth,
            },
            "pinTimeToLive" => Application with { PinTimeToLive = value },
            "verifyPinLimit" => Application with { VerifyPinLimit = value },
            "sendPinPerPhoneNumberLimit" => Application with { SendPinPerPhoneNumberLimit = value },
            _ => Application with { SendPinPerApplicationLimit = value },
        };

        var isGood = ApplicationRules
            .Judge(facts, Wishes)
            .All(finding => finding.Level == FindingLevel.Pass);
        var changes = SetupComparison.Of(
            facts,
            new ApplicationRequest(
                "Otp2fa",
                Enabled: true,
                new ConfigurationRequest(5, false, "5m", "5/5s", "12/1d", "10000/1d")
            ),
            Wishes
        );

        Assert.Equal(isGood ? [] : [setting], changes.Select(change => change.Setting));
    }

    [Fact]
    public void Spellings_of_one_thing_are_one_thing()
    {
        var changes = SetupComparison.Of(
            new TemplateFacts(
                "{{pin}} is it.\r\n@a.example #{{pin}}",
                "numeric",
                6,
                "Mine",
                "PT_br"
            ),
            new TemplateRequest(
                "{{pin}} is it.\n@a.example #{{pin}}",
                "NUMERIC",
                6,
                "Mine",
                "pt_br"
            )
        );

        Assert.Empty(changes);
    }

    [Fact]
    public void Every_check_is_explained_in_the_document()
    {
        var document = Repository.Read("docs/infobip.md");

        Assert.All(
            ApplicationRules
                .Judge(Application, Wishes)
                .Concat(TemplateRules.Judge(Template, Wishes)),
            finding => Assert.Contains($"`{finding.Id}`", document, StringComparison.Ordinal)
        );
        Assert.All(
            [
                "base-url",
                "site-key",
                "number-lookup",
                "application",
                "template",
                "management-key",
                "clock",
            ],
            id => Assert.Contains($"`{id}`", document, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Infobip_s_own_defaults_fail_where_they_break_a_sign_in()
    {
        var defaults = new ApplicationFacts(
            "Mine",
            true,
            10,
            true,
            "15m",
            "1/3s",
            "3/1d",
            "10000/1d"
        );

        Assert.Equal(
            ["single-use", "time-to-live", "pin-attempts", "number-limit"],
            Failing(ApplicationRules.Judge(defaults, Wishes))
        );
    }

    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, 0)]
    [InlineData(null, 2)]
    public void A_code_that_verifies_twice_fails(bool? allowed, int level)
    {
        ShouldBe(level, Application with { AllowMultiplePinVerifications = allowed }, "single-use");
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 2)]
    [InlineData(null, 1)]
    public void An_application_that_is_switched_off_fails(bool? enabled, int level)
    {
        ShouldBe(level, Application with { Enabled = enabled }, "application-enabled");
    }

    [Theory]
    [InlineData("299s", 2)]
    [InlineData("300s", 0)]
    [InlineData("301s", 2)]
    [InlineData("soon", 2)]
    [InlineData(null, 2)]
    public void The_life_of_a_code_is_the_one_that_the_page_says(string? life, int level)
    {
        ShouldBe(level, Application with { PinTimeToLive = life }, "time-to-live");
    }

    [Theory]
    [InlineData(4, 1)]
    [InlineData(5, 0)]
    [InlineData(6, 2)]
    [InlineData(null, 2)]
    public void As_many_guesses_as_the_site_counts(int? attempts, int level)
    {
        ShouldBe(level, Application with { PinAttempts = attempts }, "pin-attempts");
    }

    [Theory]
    [InlineData("1/1s", 0)]
    [InlineData("5/5s", 0)]
    [InlineData("25/5s", 0)]
    [InlineData("26/5s", 1)]
    [InlineData("1/1001ms", 1)]
    [InlineData("1/3s", 1)]
    [InlineData(null, 1)]
    public void A_code_can_be_typed_again_after_a_second(string? limit, int level)
    {
        ShouldBe(level, Application with { VerifyPinLimit = limit }, "verify-limit");
    }

    [Theory]
    [InlineData("10/1d", 2)]
    [InlineData("11/1d", 0)]
    [InlineData("5/10m", 2)]
    [InlineData("6/10m", 0)]
    [InlineData("7/1h", 2)]
    [InlineData("8/1h", 0)]
    [InlineData("1/1h", 2)]
    [InlineData("70/7d", 2)]
    [InlineData("71/7d", 0)]
    [InlineData("20/30d", 2)]
    [InlineData("22/1d", 0)]
    [InlineData("23/1d", 1)]
    [InlineData("1000/1m", 1)]
    [InlineData(null, 2)]
    public void The_limit_of_a_number_is_above_the_site_s_own(string? limit, int level)
    {
        ShouldBe(level, Application with { SendPinPerPhoneNumberLimit = limit }, "number-limit");
    }

    [Theory]
    [InlineData("9999/1d", 2)]
    [InlineData("10000/1d", 0)]
    [InlineData("1999/1h", 2)]
    [InlineData("2000/1h", 0)]
    [InlineData("119/1m", 2)]
    [InlineData("120/1m", 0)]
    [InlineData("20000/1d", 0)]
    [InlineData("20001/1d", 1)]
    [InlineData(null, 1)]
    public void The_limit_of_the_application_is_the_site_s_budget(string? limit, int level)
    {
        ShouldBe(
            level,
            Application with
            {
                SendPinPerApplicationLimit = limit,
            },
            "application-limit"
        );
    }

    [Theory]
    [InlineData(5, 2)]
    [InlineData(6, 0)]
    [InlineData(7, 2)]
    [InlineData(null, 2)]
    public void A_code_has_the_length_of_the_page(int? length, int level)
    {
        ShouldBe(level, Template with { PinLength = length }, "pin-length");
    }

    [Theory]
    [InlineData("NUMERIC", 0)]
    [InlineData("numeric", 0)]
    [InlineData("ALPHANUMERIC", 2)]
    [InlineData(null, 2)]
    public void A_code_is_of_digits(string? type, int level)
    {
        ShouldBe(level, Template with { PinType = type }, "pin-type");
    }

    [Theory]
    [InlineData("{{pin}} is your code", 0)]
    [InlineData("Your code is {{pin}}", 1)]
    [InlineData("{{pin}} for {{name}}", 2)]
    [InlineData("Your code", 2)]
    [InlineData("", 2)]
    [InlineData(null, 2)]
    public void The_code_is_in_the_text_and_first(string? text, int level)
    {
        ShouldBe(level, Template with { Text = text }, "text");
    }

    [Theory]
    [InlineData('a', 154, 0)]
    [InlineData('a', 155, 1)]
    [InlineData('ç', 64, 0)]
    [InlineData('ç', 65, 1)]
    public void A_text_is_one_message_with_the_code_in_it(char character, int length, int level)
    {
        ShouldBe(level, Template with { Text = "{{pin}}" + new string(character, length) }, "text");
    }

    [Theory]
    [InlineData("{{pin}} x\n@www.example.com #{{pin}}", 0)]
    [InlineData("{{pin}} x", 1)]
    [InlineData("{{pin}} x @www.example.com #{{pin}}", 1)]
    [InlineData("{{pin}} x\n@www.example.com #123456", 1)]
    public void The_last_line_binds_the_code_to_a_site(string text, int level)
    {
        ShouldBe(level, Template with { Text = text }, "origin-bound");
    }

    [Theory]
    [InlineData(null, null, 1)]
    [InlineData("", null, 1)]
    [InlineData("Otp2fa", null, 0)]
    [InlineData(null, "Site", 0)]
    public void A_message_has_a_sender(string? ofTemplate, string? ofSite, int level)
    {
        var finding = TemplateRules
            .Judge(Template with { SenderId = ofTemplate }, Wishes with { Sender = ofSite })
            .Single(one => one.Id == "sender");

        Assert.Equal((FindingLevel)level, finding.Level);
    }

    [Theory]
    [InlineData("single-use", true)]
    [InlineData("pin-length", true)]
    [InlineData("time-to-live", true)]
    [InlineData("number-limit", false)]
    public void What_makes_codes_unsafe_degrades_the_site(string id, bool isUnsafe)
    {
        Assert.Equal(
            isUnsafe,
            SetupRules.MakesCodesUnsafe(new SetupFinding(id, FindingLevel.Fail, "", "", ""))
        );
        Assert.False(
            SetupRules.MakesCodesUnsafe(new SetupFinding(id, FindingLevel.Warn, "", "", ""))
        );
    }

    [Fact]
    public void What_the_far_end_wrote_is_shown_on_one_line_without_control_characters()
    {
        var found = ApplicationRules
            .Judge(
                Application with
                {
                    PinTimeToLive = "5m\r\n\u001b[31m" + new string('x', 500),
                },
                Wishes
            )
            .Single(one => one.Id == "time-to-live")
            .Found;

        Assert.DoesNotContain(found, char.IsControl);
        Assert.InRange(found.Length, 1, 130);
    }

    private static void ShouldBe(int level, ApplicationFacts application, string id) =>
        ShouldBe(level, ApplicationRules.Judge(application, Wishes), id);

    private static void ShouldBe(int level, TemplateFacts template, string id) =>
        ShouldBe(level, TemplateRules.Judge(template, Wishes), id);

    /// <summary>The check says so, and what it does not pass it says how to mend; the others are not touched by it.</summary>
    private static void ShouldBe(int level, IEnumerable<SetupFinding> findings, string id)
    {
        var all = findings.ToList();
        var finding = all.Single(one => one.Id == id);
        Assert.Equal((FindingLevel)level, finding.Level);
        Assert.Equal(finding.Level == FindingLevel.Pass, string.IsNullOrEmpty(finding.Mend));
        Assert.DoesNotContain(all, one => one.Id != id && one.Level == FindingLevel.Fail);
    }

    private static IEnumerable<string> Failing(IEnumerable<SetupFinding> findings) =>
        findings.Where(finding => finding.Level == FindingLevel.Fail).Select(finding => finding.Id);
}

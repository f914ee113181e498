using Microsoft.EntityFrameworkCore;
using Otp2fa.InfobipSimulator.Api;
using Otp2fa.InfobipSimulator.Faults;
using Otp2fa.Web.Tests.Site;
using Otp2fa.Web.Tests.Site.Pages;

namespace Otp2fa.Web.Tests.Scenarios;

/// <summary>
/// Everything Infobip can do wrong, at the send and at the check of a sign-in: what the page says, that it was asked once,
/// and that nothing but the attempt itself is counted. How each call reads each answer: the tests beside the client.
/// </summary>
public sealed class FaultMatrixTests(FaultMatrixTests.MatrixSite shared)
    : IClassFixture<FaultMatrixTests.MatrixSite>
{
    private const string SendsDown = "We cannot send codes at the moment.";
    private const string ChecksDown =
        "We cannot check codes at the moment. Your account is not affected. Wait a minute and enter the code again; this code takes 4 more tries.";

    /// <summary>What goes wrong, and what the page says when it does so at the send and at the check.</summary>
    private static readonly Dictionary<string, (Fault Fault, string AtSend, string AtCheck)> Rows =
        new(StringComparer.Ordinal)
        {
            ["time-out"] = Row(Fault.AnsweredLate(TimeSpan.FromDays(1))),
            ["400"] = Row(Fault.WithStatus(400)),
            ["401"] = Row(Fault.WithStatus(401)),
            ["403"] = Row(Fault.WithStatus(403)),
            ["404"] = Row(Fault.WithStatus(404), atCheck: "That code has expired."),
            ["429"] = Row(
                Fault.Throttled(),
                "Trying again soon will not help; try again tomorrow.",
                "That was too quick."
            ),
            ["429 with Retry-After"] = Row(
                Fault.Throttled("30"),
                "Wait a few minutes and try again.",
                "That was too quick."
            ),
            ["429 in the platform's envelope"] = Row(
                Fault.WithStatus(429, ErrorEnvelope.Platform),
                "try again tomorrow.",
                "That was too quick."
            ),
            ["500"] = Row(Fault.WithStatus(500)),
            ["500 in the platform's envelope"] = Row(Fault.WithStatus(500, ErrorEnvelope.Platform)),
            ["503"] = Row(Fault.WithStatus(503)),
            ["503 in the platform's envelope"] = Row(Fault.WithStatus(503, ErrorEnvelope.Platform)),
            ["empty"] = Row(Fault.EmptyBody()),
            ["HTML"] = Row(Fault.HtmlBody(200)),
            ["truncated"] = Row(Fault.MalformedBody()),
            ["duplicate keys"] = Row(
                Fault.AnsweredWith("""{"pinId":"x","pinId":"x","verified":true,"verified":true}""")
            ),
            ["50 MB"] = Row(Fault.HugeBody(50_000_000)),
            ["one byte per second"] = Row(Fault.Dripping()),
            ["redirect"] = Row(Fault.WithStatus(302)),
            ["cut before"] = Row(Fault.CutBefore()),
            ["cut after"] = Row(Fault.CutAfter()),
            ["foreign number"] = Row(
                Fault.AnsweredWith(
                    """{"pinId":"x","to":"447700900999","msisdn":"447700900999","verified":true}"""
                )
            ),
            ["foreign pinId"] = Row(
                Fault.AnsweredWith("""{"pinId":"FOREIGN","verified":true}"""),
                // A send has no id to compare with: this one is the new code's.
                atSend: "We sent a security code"
            ),
            ["verified as text"] = Verdict("\"true\""),
            ["verified as a number"] = Verdict("1"),
            ["verified null"] = Verdict("null"),
            ["verified an array"] = Verdict("[true]"),
            ["verified missing"] = Row(Fault.AnsweredWith("{}")),
            ["message not sent"] = Row(Fault.MessageNotSent(), "Your code did not go out."),
            ["phone not reachable"] = Row(
                Fault.NumberNotReachable(),
                "Your phone cannot be reached at the moment."
            ),
            ["number refused"] = Row(
                Fault.WithBody(
                    """{"errorCode":"E400","violations":[{"property":"to","violation":"x"}]}""",
                    status: 400
                ),
                "No code can be sent to this phone number."
            ),
        };

    public static TheoryData<string> AtSend => [.. Rows.Keys];

    // The last three are of sends alone.
    public static TheoryData<string> AtCheck => [.. Rows.Keys.SkipLast(3)];

    [Theory]
    [MemberData(nameof(AtSend))]
    public async Task Given_a_fault_at_the_send_the_page_says_what_to_do_and_nobody_is_let_in(
        string row
    )
    {
        var site = await shared.NextDayAsync();
        site.Infobip.Faults.ForNext(InfobipOperation.SendPin, Rows[row].Fault);
        var sends = site.Sends;
        var browser = site.NewBrowser();

        var page = await (await LoginPage.OpenAsync(browser)).SubmitAsync(
            shared.Person.Email,
            shared.Person.Password
        );

        page.ShouldBe(CodePage.Path).ShouldSay(Rows[row].AtSend);
        Assert.Equal(sends + 1, site.Sends);
        Assert.Equal(0, await site.PasswordFailuresAsync(shared.Person));
        Assert.False(await browser.IsSignedInAsync());
    }

    [Theory]
    [MemberData(nameof(AtCheck))]
    public async Task Given_a_fault_at_the_check_the_page_says_what_to_do_and_one_attempt_is_spent(
        string row
    )
    {
        var site = await shared.NextDayAsync();
        var browser = site.NewBrowser();
        var code = await browser.TypePasswordAsync(shared.Person);
        site.Infobip.Faults.ForNext(InfobipOperation.VerifyPin, Rows[row].Fault);
        var checks = site.Verifies;

        var page = await code.SubmitAsync(site.CodeOnPhone(shared.Person));

        page.ShouldBe(CodePage.Path).ShouldSay(Rows[row].AtCheck);
        Assert.Equal(checks + 1, site.Verifies);
        Assert.Equal(
            1,
            await site.InDatabaseAsync(db =>
                db.PinChallenges.OrderByDescending(c => c.Id).Select(c => c.Attempts).FirstAsync()
            )
        );
        Assert.Equal(0, await site.PasswordFailuresAsync(shared.Person));
        Assert.False(await browser.IsSignedInAsync());
    }

    public static TheoryData<string, string> AtResend
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (
                var row in Rows.Keys.Where(row =>
                    !row.StartsWith("verified", StringComparison.Ordinal)
                )
            )
            {
                data.Add(row, "Sms");
                // Nobody looks a number up before a call, and a call has a state of its own.
                if (row is not ("message not sent" or "phone not reachable"))
                {
                    data.Add(row, "Voice");
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(AtResend))]
    public async Task Given_a_fault_when_the_code_is_asked_for_again_the_page_says_what_to_do_and_the_code_still_works(
        string row,
        string channel
    )
    {
        var operation =
            channel == "Voice" ? InfobipOperation.ResendPinByVoice : InfobipOperation.ResendPin;
        var site = await shared.NextDayAsync();
        var browser = site.NewBrowser();
        var code = await browser.TypePasswordAsync(shared.Person);
        site.Infobip.Faults.ForNext(operation, Rows[row].Fault);
        var (resends, sends) = (site.Infobip.Calls.Count(operation), site.Sends);

        var page = await browser.SubmitAsync(
            await browser.GoAsync("/Identity/Account/ResendCode"),
            "#resend-code",
            ("channel", channel)
        );

        Assert.Equal(resends + 1, site.Infobip.Calls.Count(operation));
        Assert.Equal(0, await site.PasswordFailuresAsync(shared.Person));
        if (row == "404")
        {
            // The PIN is gone there: a new one was sent in its place.
            page.ShouldBe(CodePage.Path).ShouldSay("We sent the code.");
            Assert.Equal(sends + 1, site.Sends);
        }
        else
        {
            page.ShouldBe("/Identity/Account/ResendCode")
                .ShouldSay(row == "foreign pinId" ? SendsDown : Rows[row].AtSend);
            Assert.Equal(sends, site.Sends);
            var (attempts, sent) = await site.InDatabaseAsync(async db =>
            {
                var newest = await db.PinChallenges.OrderByDescending(c => c.Id).FirstAsync();
                return (newest.Attempts, newest.SendCount);
            });
            Assert.Equal((0, 2), (attempts, sent));
        }

        await code.SubmitAsync(site.CodeOnPhone(shared.Person));
        Assert.True(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task Given_a_byte_order_mark_before_the_answer_it_is_read_all_the_same()
    {
        var site = await shared.NextDayAsync();
        var browser = site.NewBrowser();
        var code = await browser.TypePasswordAsync(shared.Person);
        site.Infobip.Faults.ForNext(
            InfobipOperation.VerifyPin,
            Fault.AnsweredWith("\ufeff{\"verified\":true}")
        );

        await code.SubmitAsync(site.CodeOnPhone(shared.Person));

        Assert.True(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task Given_a_far_end_that_is_not_there_both_steps_say_so()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        var browser = site.NewBrowser();
        var code = await browser.TypePasswordAsync(person);
        var pin = site.CodeOnPhone(person);
        await site.Infobip.DisposeAsync();

        (await code.SubmitAsync(pin)).ShouldSay(ChecksDown);
        (
            await (await LoginPage.OpenAsync(site.NewBrowser())).SubmitAsync(
                person.Email,
                person.Password
            )
        ).ShouldSay(SendsDown);
        Assert.False(await browser.IsSignedInAsync());
    }

    private static (Fault, string, string) Row(
        Fault fault,
        string atSend = SendsDown,
        string atCheck = ChecksDown
    ) => (fault, atSend, atCheck);

    private static (Fault, string, string) Verdict(string verified) =>
        Row(Fault.AnsweredWith($$"""{"pinId":null,"verified":{{verified}}}"""), atSend: SendsDown);

    /// <summary>One site for all rows; each row has a day of its own, so that none meets another's limits.</summary>
    public sealed class MatrixSite : IAsyncLifetime
    {
        private TestSite site = null!;

        internal Person Person { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            // Every row asks: the circuit has tests of its own.
            site = await TestSite.StartAsync(
                ("Infobip:Timeout", "00:00:01"),
                ("Outage:MinimumCalls", "1000")
            );
            Person = await site.PersonWithTwoFactorAsync();
        }

        public async Task DisposeAsync() => await site.DisposeAsync();

        internal Task<TestSite> NextDayAsync()
        {
            site.Infobip.Faults.Clear();
            site.Clock.Advance(TimeSpan.FromDays(1));
            return Task.FromResult(site);
        }
    }
}

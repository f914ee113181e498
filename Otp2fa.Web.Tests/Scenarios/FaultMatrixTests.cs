using Otp2fa.InfobipSimulator.Api;
using Otp2fa.Web.Tests.Site;
using Otp2fa.Web.Tests.Site.Pages;
using Otp2fa.Web.TwoFactor;

namespace Otp2fa.Web.Tests.Scenarios;

/// <summary>
/// Everything Infobip can do wrong, at each call of a sign-in: what the site takes it for, what the page says, that Infobip
/// was asked once, and what is counted. How each call reads each answer: the tests beside the client.
/// </summary>
[Trait("Covers", "R08")]
[Trait("Covers", "T16")]
public sealed class FaultMatrixTests(FaultMatrixSite shared) : IClassFixture<FaultMatrixSite>
{
    private const string Resend = "/Identity/Account/ResendCode";

    public static TheoryData<string> AtSend => Names(row => row.AtSend is not null);

    public static TheoryData<string> AtResend => Names(row => row.AtResend is not null);

    public static TheoryData<string> AtCall => Names(row => row.AtCall is not null);

    public static TheoryData<string> AtCheck => Names(row => row.AtCheck is not null);

    [Theory]
    [MemberData(nameof(AtSend))]
    public async Task Given_a_fault_at_the_send_the_page_says_what_to_do_and_nobody_is_let_in(
        string name
    )
    {
        var row = FaultRows.All[name];
        var isSent = row.AtSend == PinSendStatus.Sent;
        var site = shared.NextDay();
        var browser = site.NewBrowser();
        var login = await LoginPage.OpenAsync(browser);

        var met = await shared.MeetAsync(
            row,
            InfobipOperation.SendPin,
            new RightAnswer("NEW5D0C77A1", shared.Person.Digits),
            () => login.SubmitAsync(shared.Person.Email, shared.Person.Password)
        );

        met.Page.ShouldBe(CodePage.Path)
            .ShouldSay(
                isSent
                    ? $"We sent a security code of 6 digits to your phone number ending {shared.Person.Number[^2..]}."
                    : SentenceOf(row.AtSend)
            );
        Assert.Equal(isSent, met.Page.Has("main form"));
        Assert.Equal(row.Calls, met.Calls);
        Assert.Equal([$"{row.AtSend}"], met.Outcomes);
        Assert.Equal((0, isSent ? 1 : 0), await site.NewestCountsAsync());
        Assert.Equal(0, met.Failures);
        Assert.False(await browser.IsSignedInAsync());
    }

    [Theory]
    [MemberData(nameof(AtResend))]
    public Task Given_a_fault_when_the_code_is_asked_for_again_the_page_says_what_to_do_and_the_code_still_works(
        string name
    ) =>
        AskAgainAsync(
            FaultRows.All[name],
            FaultRows.All[name].AtResend,
            InfobipOperation.ResendPin,
            "Sms",
            "We sent the code. It can take a minute to arrive."
        );

    [Theory]
    [MemberData(nameof(AtCall))]
    public Task Given_a_fault_when_a_call_is_asked_for_the_page_says_what_to_do_and_the_code_still_works(
        string name
    ) =>
        AskAgainAsync(
            FaultRows.All[name],
            FaultRows.All[name].AtCall,
            InfobipOperation.ResendPinByVoice,
            "Voice",
            "We are calling you. Have this page ready and type the code you hear."
        );

    [Theory]
    [MemberData(nameof(AtCheck))]
    public async Task Given_a_fault_at_the_check_the_page_says_what_to_do_and_one_attempt_is_spent(
        string name
    )
    {
        var row = FaultRows.All[name];
        var isVerified = row.AtCheck == PinSubmissionStatus.Verified;
        var site = shared.NextDay();
        var browser = site.NewBrowser();
        var code = await browser.TypePasswordAsync(shared.Person);

        var met = await shared.MeetAsync(
            row,
            InfobipOperation.VerifyPin,
            shared.RightAnswer(),
            () => code.SubmitAsync(site.CodeOnPhone(shared.Person))
        );

        if (isVerified)
        {
            met.Page.ShouldBe("/");
        }
        else
        {
            Assert.Equal([SentenceOf(row.AtCheck)], met.Page.ShouldBe(CodePage.Path).Errors);
        }

        Assert.Equal(row.Calls, met.Calls);
        Assert.Equal([$"{row.AtCheck}"], met.Outcomes);
        Assert.Equal((1, 1), await site.NewestCountsAsync());
        Assert.Equal(0, met.Failures);
        Assert.Equal(isVerified, await browser.IsSignedInAsync());
    }

    private async Task AskAgainAsync(
        FaultRow row,
        PinSendStatus? outcome,
        InfobipOperation operation,
        string channel,
        string sent
    )
    {
        var site = shared.NextDay();
        var browser = site.NewBrowser();
        var code = await browser.TypePasswordAsync(shared.Person);
        site.Clock.Advance(TimeSpan.FromSeconds(40));
        var resend = await browser.GoAsync(Resend);
        var (asked, sends) = (site.Infobip.Calls.Count(operation), site.Sends);

        var met = await shared.MeetAsync(
            row,
            operation,
            shared.RightAnswer(),
            () => browser.SubmitAsync(resend, "#resend-code", ("channel", channel))
        );

        if (outcome == PinSendStatus.UnknownPin)
        {
            // The PIN is gone there: a new one was sent in its place, and messages come first.
            met.Page.ShouldBe(CodePage.Path)
                .ShouldSay("We sent the code. It can take a minute to arrive.");
            Assert.Equal(["UnknownPin", "Sent"], met.Outcomes);
            Assert.Equal(2, met.Calls);
            Assert.Equal((asked + 1, sends + 1), (site.Infobip.Calls.Count(operation), site.Sends));
            Assert.Equal((0, 1), await site.NewestCountsAsync());
        }
        else
        {
            if (outcome == PinSendStatus.Sent)
            {
                met.Page.ShouldBe(CodePage.Path).ShouldSay(sent);
            }
            else
            {
                Assert.Equal([SentenceOf(outcome)], met.Page.ShouldBe(Resend).Errors);
            }

            Assert.Equal([$"{outcome}"], met.Outcomes);
            Assert.Equal(row.Calls, met.Calls);
            Assert.Equal((0, 2), await site.NewestCountsAsync());
        }

        Assert.Equal(0, met.Failures);
        Assert.False(await browser.IsSignedInAsync());
        await code.SubmitAsync(site.CodeOnPhone(shared.Person));
        Assert.True(await browser.IsSignedInAsync());
    }

    private static TheoryData<string> Names(Func<FaultRow, bool> belongs) =>
        [.. FaultRows.All.Where(row => belongs(row.Value)).Select(row => row.Key)];

    private static string SentenceOf(PinSendStatus? outcome) =>
        outcome switch
        {
            PinSendStatus.NotSent =>
                "Your code did not go out. Wait a minute and try again; if it happens again, ask for help.",
            PinSendStatus.Unreachable =>
                "Your phone cannot be reached at the moment. Check that it is switched on and has reception, then try again.",
            PinSendStatus.NumberRefused =>
                "No code can be sent to this phone number. If the number is right, somebody has to help.",
            PinSendStatus.Throttled =>
                "Too many codes were sent to this phone number today. Trying again soon will not help; try again tomorrow.",
            PinSendStatus.Busy =>
                "Too many codes were asked for at once. Wait a few minutes and try again.",
            PinSendStatus.Rejected or PinSendStatus.Misconfigured or PinSendStatus.Unavailable =>
                "We cannot send codes at the moment. Nothing is wrong with your account. Wait a few minutes and try again.",
            _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
        };

    private static string SentenceOf(PinSubmissionStatus? outcome) =>
        outcome switch
        {
            PinSubmissionStatus.ProviderDown =>
                "We cannot check codes at the moment. Your account is not affected. Wait a minute and enter the code again; this code takes 4 more tries.",
            PinSubmissionStatus.Throttled =>
                "That was too quick. Your code was not checked. Wait a few seconds and enter it again; this code takes 4 more tries.",
            PinSubmissionStatus.Expired => "That code has expired.",
            _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
        };
}

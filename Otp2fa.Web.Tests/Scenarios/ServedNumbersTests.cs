using Microsoft.EntityFrameworkCore;
using Otp2fa.Web.Tests.Site;
using Otp2fa.Web.Tests.Site.Pages;

namespace Otp2fa.Web.Tests.Scenarios;

/// <summary>Which numbers codes go to, and how many accounts share one.</summary>
[Trait("Covers", "R17")]
[Trait("Covers", "T20")]
[Trait("Covers", "L13")]
public sealed class ServedNumbersTests
{
    private const string AddNumber = "/Identity/Account/Manage/AddPhoneNumber";
    private const string VerifyNumber = "/Identity/Account/Manage/VerifyPhoneNumber";

    [Theory]
    [InlineData("+33 6 12 34 56 78", "We do not send codes to numbers of this country.")]
    [InlineData("+44 7911 123456", "We do not send codes to numbers of this country.")]
    [InlineData("+44 909 879 0000", "Codes cannot be sent to this kind of number.")]
    [InlineData("+44 800 012 3456", "Codes cannot be sent to this kind of number.")]
    [InlineData("+44 56 1234 5678", "Codes cannot be sent to this kind of number.")]
    [InlineData("+44 76 4012 3456", "Codes cannot be sent to this kind of number.")]
    [InlineData("+44 55 1234 5678", "Codes cannot be sent to this kind of number.")]
    [InlineData("+44 844 012 3456", "Codes cannot be sent to this kind of number.")]
    [InlineData("+44 20 7946 0000", "Codes cannot be sent to this kind of number.")]
    [InlineData("+881 6 123 45678", "Codes cannot be sent to this kind of number.")]
    [InlineData("+870 301 234 567", "Codes cannot be sent to this kind of number.")]
    public async Task Given_a_number_that_is_not_served_the_page_says_what_works_instead_and_Infobip_is_not_asked(
        string number,
        string sentence
    )
    {
        await using var site = await TestSite.StartAsync(("Phone:AllowedCountries:0", "GB"));
        var person = Person.New();
        var browser = site.NewBrowser();
        await browser.RegisterAsync(person);
        await browser.SignInAsync(person);

        var page = (await browser.StartNumberAsync(number)).ShouldBe(AddNumber);

        page.ShouldSay(sentence).ShouldSay("Use a mobile number");
        Assert.Empty(site.Infobip.Calls.All);
        (await browser.StartNumberAsync(person.Number)).ShouldBe(VerifyNumber);
    }

    [Theory]
    [InlineData("+33612345678", "We do not send codes to numbers of this country.")]
    [InlineData("+449098790000", "Codes cannot be sent to this kind of number.")]
    [InlineData("+9990000000", "We do not send codes to numbers of this country.")]
    public async Task Given_a_number_proved_before_its_country_or_kind_was_taken_off_no_code_goes_to_it_and_nobody_is_let_in(
        string number,
        string sentence
    )
    {
        await using var site = await TestSite.StartAsync(("Phone:AllowedCountries:0", "GB"));
        var person = await site.PersonWithTwoFactorAsync();
        await site.ImportNumberAsync(person, number);
        var calls = site.Infobip.Calls.All.Count;
        var browser = site.NewBrowser();

        var page = await (await LoginPage.OpenAsync(browser)).SubmitAsync(
            person.Email,
            person.Password
        );

        page.ShouldBe(CodePage.Path).ShouldSay(sentence).ShouldSay("Who can help:");
        Assert.Equal(calls, site.Infobip.Calls.All.Count);
        Assert.False(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task Given_a_country_taken_off_while_a_code_is_out_it_is_not_sent_again()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        var browser = site.NewBrowser();
        await browser.TypePasswordAsync(person);
        site.Clock.Advance(TimeSpan.FromSeconds(30));
        site.ServeOnly("FR");
        var calls = site.Infobip.Calls.All.Count;

        var page = await browser.GoAsync("/Identity/Account/ResendCode");

        page.ShouldSay("We do not send codes to numbers of this country.");
        Assert.False(page.Has("#resend-code"));
        Assert.Equal(calls, site.Infobip.Calls.All.Count);
    }

    [Fact]
    public async Task Given_three_accounts_with_a_number_a_fourth_is_told_only_after_it_proved_to_hold_it()
    {
        await using var site = await TestSite.StartAsync(
            ("Limits:SendsPer10Minutes", "100"),
            ("Limits:SendsPerHour", "100"),
            ("Limits:SendsPerDay", "100")
        );
        var number = Person.New().Number;
        for (var i = 0; i < 3; i++)
        {
            await site.NewBrowser().EnrolAsync(site, Person.New() with { Number = number });
        }

        var fourth = Person.New() with { Number = number };
        var free = Person.New();
        var browser = site.NewBrowser();
        await browser.RegisterAsync(fourth);
        await browser.SignInAsync(fourth);
        var other = site.NewBrowser();
        await other.RegisterAsync(free);
        await other.SignInAsync(free);

        // To whoever does not hold the phone the answers are the same, but for the number itself.
        var verify = (await browser.StartNumberAsync(fourth.Number)).ShouldBe(VerifyNumber);
        var same = (await other.StartNumberAsync(free.Number)).ShouldBe(VerifyNumber);
        Assert.Equal(Anonymous(same, free), Anonymous(verify, fourth));
        var answer = await browser.SubmitAsync(
            verify,
            "#verify-phone-number",
            ("Input.Code", site.CodeOnPhone(fourth))
        );

        answer.ShouldSay("this number is already used by as many accounts as one number may have");
        Assert.Equal(
            3,
            await site.InDatabaseAsync(db => db.Users.CountAsync(u => u.PhoneNumber == number))
        );
    }

    [Fact]
    public async Task Given_several_accounts_that_prove_one_number_at_once_no_more_get_it_than_may()
    {
        await using var site = await TestSite.StartAsync(
            ("Limits:SendsPer10Minutes", "100"),
            ("Limits:SendsPerHour", "100"),
            ("Limits:SendsPerDay", "100"),
            ("Limits:AccountsPerNumber", "2")
        );
        var number = Person.New().Number;
        List<(Browser Browser, HtmlPage Verify, string Code)> waiting = [];
        for (var i = 0; i < 6; i++)
        {
            var person = Person.New() with { Number = number };
            var browser = site.NewBrowser();
            await browser.RegisterAsync(person);
            await browser.SignInAsync(person);
            var verify = (await browser.StartNumberAsync(number)).ShouldBe(VerifyNumber);
            waiting.Add((browser, verify, site.CodeOnPhone(person)));
        }

        site.Clock.Advance(TimeSpan.FromSeconds(5));
        await Task.WhenAll(
            waiting
                .Take(5)
                .Select(one =>
                    Task.Run(() =>
                        one.Browser.PostAsync(
                            one.Verify,
                            "#verify-phone-number",
                            ("Input.Code", one.Code)
                        )
                    )
                )
        );

        Assert.Equal(
            [1, 2],
            await site.InDatabaseAsync(db =>
                db.Users.Where(u => u.PhoneNumber == number)
                    .Select(u => u.PhoneNumberPlace)
                    .Order()
                    .ToListAsync()
            )
        );
        site.ShouldHaveLoggedNoError();
    }

    private static string Anonymous(HtmlPage page, Person person) =>
        string.Join(
            ' ',
            page.One<AngleSharp.Dom.IElement>("main")
                .TextContent.Replace(person.Number, "NUMBER", StringComparison.Ordinal)
                .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        );
}

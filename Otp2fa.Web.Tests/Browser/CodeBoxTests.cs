using Otp2fa.Web.Tests.Site;
using static Microsoft.Playwright.Assertions;

namespace Otp2fa.Web.Tests.RealBrowser;

/// <summary>What a code box does in somebody's hands.</summary>
[Collection(ChromiumCollection.Name)]
public sealed class CodeBoxTests(Chromium chromium)
{
    [BrowserTheory]
    [InlineData(true)]
    [InlineData(false)]
    public Task Given_the_code_page_typing_and_Enter_are_enough(bool script) =>
        chromium.VisitAsync(
            Look.Desktop with
            {
                Script = script,
            },
            async visit =>
            {
                var person = await visit.BeginSignInAsync();
                await Expect(visit.Find(Journey.SignInCode)).ToBeFocusedAsync();

                await visit.Page.Keyboard.TypeAsync(visit.Site.CodeOnPhone(person));
                await visit.Page.Keyboard.PressAsync("Enter");

                await visit.ShouldBeAtAsync("/");
                await Expect(visit.Find("#manage")).ToBeVisibleAsync();
            }
        );

    [BrowserFact]
    public Task Given_the_code_page_its_box_asks_for_digits_and_for_the_code_in_the_message() =>
        chromium.VisitAsync(
            Look.SmallPhone,
            async visit =>
            {
                await visit.BeginSignInAsync();
                var box = visit.Find(Journey.SignInCode);

                // The properties, not the attributes: a value that the browser does not know reads as empty.
                Assert.Equal(
                    "one-time-code numeric text -1",
                    await box.EvaluateAsync<string>(
                        "box => [box.autocomplete, box.inputMode, box.type, box.maxLength].join(' ')"
                    )
                );
                await Expect(box).ToHaveAccessibleNameAsync("6 digit security code");
            }
        );

    [BrowserTheory]
    [InlineData(" ")]
    [InlineData("-")]
    [InlineData("\u00a0")]
    public Task Given_a_code_in_two_halves_pasting_it_signs_in(string between) =>
        chromium.VisitAsync(
            Look.Desktop,
            async visit =>
            {
                var person = await visit.BeginSignInAsync();
                var code = visit.Site.CodeOnPhone(person);
                await CopyAsync(visit, $"{code[..3]}{between}{code[3..]}");

                await visit.Page.Keyboard.PressAsync("Control+V");
                await Expect(visit.Find(Journey.SignInCode))
                    .ToHaveValueAsync($"{code[..3]}{between}{code[3..]}");
                await visit.PressAsync(Journey.Continue, "/");

                await Expect(visit.Find("#manage")).ToBeVisibleAsync();
            }
        );

    [BrowserFact]
    public Task Given_a_second_click_on_Continue_within_the_slowest_answer_one_code_is_sent() =>
        chromium.VisitAsync(
            Look.Desktop,
            async visit =>
            {
                var person = await visit.BeginSignInAsync();
                // The slowest answer takes 30 seconds: a guard that lets go before that lets go at once here.
                await visit.Page.EvaluateAsync(
                    "() => { const wait = setTimeout; window.setTimeout = (act, ms) => ms > 30000 ? 0 : wait(act, 0); }"
                );
                await visit.Find(Journey.SignInCode).FillAsync(visit.Site.CodeOnPhone(person));
                var posts = visit.Posts.Count;
                var bothClicks = new TaskCompletionSource();
                await visit.Page.RouteAsync(
                    address => new Uri(address).AbsolutePath == Journey.CodePage,
                    async route =>
                    {
                        await bothClicks.Task;
                        await route.ContinueAsync();
                    }
                );

                // At the speed of a hand: the second click comes when the first has sent its request.
                var button = (await visit.Find(Journey.Continue).BoundingBoxAsync())!;
                await visit.Page.RunAndWaitForRequestAsync(
                    ClickAsync,
                    request => request.Method == "POST"
                );
                await ClickAsync();
                bothClicks.SetResult();

                await visit.ShouldBeAtAsync("/");
                Assert.Equal(posts + 1, visit.Posts.Count);
                Assert.Equal(2, visit.Site.Verifies);

                Task ClickAsync() =>
                    visit.Page.Mouse.ClickAsync(
                        button.X + button.Width / 2,
                        button.Y + button.Height / 2
                    );
            }
        );

    [BrowserTheory]
    [InlineData(true)]
    [InlineData(false)]
    public Task Given_a_wrong_code_the_sentence_at_the_top_leads_to_the_box(bool script) =>
        chromium.VisitAsync(
            Look.Desktop with
            {
                Script = script,
            },
            async visit =>
            {
                var person = await visit.BeginSignInAsync();
                await visit.TypeCodeAsync(
                    Journey.SignInCode,
                    visit.Site.WrongCode(person),
                    Journey.CodePage
                );
                await visit.ShouldShowErrorsAsync();
                var box = visit.Find(Journey.SignInCode);
                await Expect(box).ToHaveValueAsync("");
                await Expect(box)
                    .ToHaveAccessibleDescriptionAsync(
                        "That code is not correct. Check the message and try again; you have 4 more tries."
                    );
                await visit.Find("main summary").FocusAsync();

                await visit.Find(".error-summary a").ClickAsync();

                await Expect(box).ToBeFocusedAsync();
                Assert.StartsWith(
                    "Error: ",
                    await visit.Page.TitleAsync(),
                    StringComparison.Ordinal
                );
            }
        );

    /// <summary>Copies as people do: from another tab, with the keyboard.</summary>
    private static async Task CopyAsync(Visit visit, string text)
    {
        var other = await visit.Context.NewPageAsync();
        await other.SetContentAsync("<textarea></textarea>");
        await other.Locator("textarea").FillAsync(text);
        await other.Keyboard.PressAsync("Control+A");
        await other.Keyboard.PressAsync("Control+C");
        await other.CloseAsync();
        await visit.Page.BringToFrontAsync();
    }
}

using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using MimeKit;

namespace Otp2fa.Web.Tests.Units.Simulator;

/// <summary>Mail on the web phone: the site leaves files in a folder, the page shows what it can read.</summary>
public sealed class SimulatorMailTests : IDisposable
{
    private const string Confirm = "https://localhost:5001/Account/ConfirmEmail?user=7&code=a%2Bb";
    private static readonly DateTimeOffset Sent = new(2026, 3, 1, 11, 59, 0, TimeSpan.Zero);

    private readonly string folder = Directory.CreateTempSubdirectory("otp2fa-mail-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Mails_are_shown_newest_first_with_receiver_subject_time_text_and_link()
    {
        Write("20260301T115900000Z-b", "First", $"Open this: {Confirm}.");
        Write("20260301T115901000Z-a", "Second", "Nothing to open.");
        await using var caller = await StartAsync();

        var page = await PageAsync(caller);

        var mails = page.QuerySelectorAll("li.mail");
        Assert.Equal(["Second", "First"], Texts(page, ".mail-subject"));
        Assert.Equal("\"Ann Example\" <ann@example.com>", Text(mails[1], ".mail-to"));
        Assert.Equal("1 Mar, 11:59:00", Text(mails[1], "time"));
        Assert.Equal($"Open this: {Confirm}.", Text(mails[1], ".mail-text"));
        var link = Assert.Single(mails[1].QuerySelectorAll("a"));
        Assert.Equal(
            (
                Confirm,
                "https://localhost:5001/Account/ConfirmEmail?…",
                "_blank",
                "noopener noreferrer"
            ),
            (
                link.GetAttribute("href"),
                link.TextContent,
                link.GetAttribute("target"),
                link.GetAttribute("rel")
            )
        );
        Assert.Empty(mails[0].QuerySelectorAll("a"));
    }

    [Fact]
    public async Task A_link_that_only_the_html_has_is_shown_but_none_that_runs_a_script()
    {
        Write(
            "1",
            "Links",
            "See (https://example.com/a), or http://example.com/b!",
            "<p><a class=x href=' https://example.com/c?d=1&amp;e=2 '>c</a><a href=https://example.com/a>a</a>"
                + "<a href=\"javascript:alert(1)\">j</a><a name=top>n</a></p>"
        );
        await using var caller = await StartAsync();

        var page = await PageAsync(caller);

        Assert.Equal(
            ["https://example.com/a", "http://example.com/b", "https://example.com/c?d=1&e=2"],
            page.QuerySelectorAll(".mail a").Select(link => link.GetAttribute("href"))
        );
    }

    [Fact]
    public async Task Whatever_is_in_a_mail_is_text_not_markup()
    {
        const string hostile = "<script>alert('x')</script>&amp;\"";
        Write("1'&amp;", hostile, hostile + " https://e.com/\"><b>", "<script>1</script>");
        await using var caller = await StartAsync();

        var page = await PageAsync(caller);

        Assert.Equal([hostile], Texts(page, ".mail-subject"));
        Assert.Equal([hostile + " https://e.com/\"><b>"], Texts(page, ".mail-text"));
        Assert.Equal("/phone/phone.js", Assert.Single(page.Scripts).GetAttribute("src"));
        Assert.Empty(page.QuerySelectorAll(".mail b, [style], style, [onclick]"));
    }

    [Fact]
    public async Task What_is_no_whole_mail_is_passed_over()
    {
        Write("1", "Good", "Text");
        File.WriteAllBytes(Path.Combine(folder, "2.eml"), []);
        File.WriteAllText(Path.Combine(folder, "3.eml"), "This is no mail.\nNot at all.");
        File.WriteAllBytes(
            Path.Combine(folder, "4.eml"),
            [.. Enumerable.Range(0, 5000).Select(i => (byte)(i * 7919 >> 3))]
        );
        File.WriteAllText(Path.Combine(folder, "5.eml"), "Subject: Half a he");
        File.WriteAllText(Path.Combine(folder, "6.eml.tmp"), "Subject: x\nDate: " + "1 Mar 2026");
        if (!OperatingSystem.IsWindows())
        {
            // Listed, and gone when it is opened.
            File.CreateSymbolicLink(Path.Combine(folder, "7.eml"), Path.Combine(folder, "gone"));
        }

        await using var beingWritten = new FileStream(
            Path.Combine(folder, "8.eml"),
            FileMode.CreateNew,
            FileAccess.Write,
            FileShare.None
        );
        File.WriteAllText(
            Path.Combine(folder, "9.eml"),
            "Subject: Large\nDate: Sun, 1 Mar 2026 12:00:00 +0000\n\n" + new string('x', 1 << 20)
        );
        Write("A", "Half", new string('y', 1000));
        File.WriteAllBytes(
            Path.Combine(folder, "A.eml"),
            File.ReadAllBytes(Path.Combine(folder, "A.eml"))[..900]
        );
        await using var caller = await StartAsync();

        var page = await PageAsync(caller);

        Assert.Equal(["Good"], Texts(page, ".mail-subject"));
    }

    [Fact]
    public async Task A_mail_that_arrives_or_goes_later_is_shown_or_not_and_the_newest_fifty_are_enough()
    {
        await using var caller = await StartAsync(Path.Combine(folder, "later"));

        Assert.Contains("No mail yet.", (await PageAsync(caller)).Body!.TextContent);
        Directory.CreateDirectory(Path.Combine(folder, "later"));
        foreach (var number in Enumerable.Range(10, 51))
        {
            Write($"later/{number}", $"Mail {number}", "Text");
        }

        var subjects = Texts(await PageAsync(caller, "phone/messages?number="), ".mail-subject");
        Assert.Equal((50, "Mail 60", "Mail 11"), (subjects.Count, subjects[0], subjects[^1]));
        Directory.Delete(Path.Combine(folder, "later"), recursive: true);
        Assert.Contains("No mail yet.", (await PageAsync(caller)).Body!.TextContent);
    }

    [Fact]
    public async Task Mail_stands_beside_the_messages_of_all_numbers_not_among_those_of_one()
    {
        Write("1", "Mail", "Text");
        await using var caller = await StartAsync();
        await caller.SentPinIdAsync();

        var all = await PageAsync(caller);
        var one = await PageAsync(caller, "phone/" + SimulatorCaller.Number);

        Assert.Single(all.QuerySelectorAll("li.message"));
        Assert.Single(all.QuerySelectorAll("section[aria-labelledby=mail] li.mail"));
        Assert.Single(one.QuerySelectorAll("li.message"));
        Assert.Empty(one.QuerySelectorAll(".mailbox, li.mail"));
    }

    [Fact]
    public async Task Scripts_read_the_mails_as_JSON()
    {
        Write("1", "Mail", $"Open {Confirm}");
        await using var caller = await StartAsync();

        var reply = await caller.GetAsync("phone/mails.json");

        var mail = Assert.Single(reply.Json.EnumerateArray());
        Assert.Equal("1.eml", mail.GetProperty("file").GetString());
        Assert.Equal("Mail", mail.GetProperty("subject").GetString());
        Assert.Equal(Sent, mail.GetProperty("sentAt").GetDateTimeOffset());
        Assert.Equal(
            [Confirm],
            mail.GetProperty("links").EnumerateArray().Select(l => l.GetString())
        );
    }

    [Fact]
    public async Task Without_a_folder_there_is_nothing_of_mail()
    {
        await using var caller = await SimulatorCaller.StartAsync();

        var page = await caller.GetAsync("phone");

        Assert.DoesNotContain("mail", page.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(0, (await caller.GetAsync("phone/mails.json")).Json.GetArrayLength());
    }

    private static string Text(IElement within, string selector) =>
        within.QuerySelector(selector)!.TextContent;

    private static List<string> Texts(IDocument page, string selector) =>
        [.. page.QuerySelectorAll(selector).Select(element => element.TextContent)];

    private static async Task<IDocument> PageAsync(SimulatorCaller caller, string path = "phone")
    {
        var reply = await caller.GetAsync(path);
        Assert.True(reply.Status == HttpStatusCode.OK, reply.Text);
        return await new HtmlParser().ParseDocumentAsync(reply.Text);
    }

    private Task<SimulatorCaller> StartAsync(string? mailFolder = null) =>
        SimulatorCaller.StartAsync(
            SimulatorCaller.Seeded with
            {
                MailFolder = mailFolder ?? folder,
            }
        );

    /// <summary>As the site does: the file appears under its name when it is whole.</summary>
    private void Write(string name, string subject, string text, string html = "<p>Mail</p>")
    {
        using var mail = new MimeMessage
        {
            Subject = subject,
            Date = Sent,
            Body = new MultipartAlternative
            {
                new TextPart("plain") { Text = text },
                new TextPart("html") { Text = html },
            },
        };
        mail.From.Add(new MailboxAddress("Otp2fa", "site@example.com"));
        mail.To.Add(new MailboxAddress("Ann Example", "ann@example.com"));
        var written = Path.Combine(folder, name + ".tmp");
        mail.WriteTo(written);
        File.Move(written, Path.ChangeExtension(written, ".eml"));
    }
}

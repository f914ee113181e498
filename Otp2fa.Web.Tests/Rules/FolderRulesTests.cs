using System.Reflection;
using NetArchTest.Rules;
using Otp2fa.Web.Data;
using Otp2fa.Web.Infobip;
using Otp2fa.Web.TwoFactor;

namespace Otp2fa.Web.Tests.Rules;

/// <summary>Who may use whom. A folder that is not in a row's list is closed to it, new folders included.</summary>
public sealed class FolderRulesTests
{
    private const string Root = "Otp2fa.Web";

    private static readonly Assembly Site = typeof(Program).Assembly;

    private static readonly Type[] AllTypes = Site.GetTypes();

    private static readonly string[] PageSpaces =
    [
        "Otp2fa.Web.Pages",
        "Otp2fa.Web.Areas",
        // What Razor makes of the .cshtml files.
        "AspNetCoreGeneratedDocument",
    ];

    public static TheoryData<string, string[]> MayUse =>
        new()
        {
            // Of the data a page knows the account and the two lists of words that it has to put into sentences; of mail how
            // long it is kept.
            {
                "Pages",
                [
                    "Areas",
                    "Accounts",
                    "TwoFactor",
                    "Data.ApplicationUser",
                    "Data.Factor",
                    "Data.SecurityEventKind",
                    "Mail.MailOptions",
                ]
            },
            { "Accounts", ["TwoFactor", "Limits", "Mail", "Data", "Settings"] },
            { "TwoFactor", ["Limits", "Data", "Settings"] },
            { "Limits", ["Data", "Settings"] },
            {
                "Mail",
                [
                    "Data.OutboxMail",
                    "Data.MailKind",
                    "Data.Otp2faDbContext",
                    "Data.AccountRows",
                    "Settings",
                ]
            },
            {
                "Infobip",
                [
                    "TwoFactor.IPinProvider",
                    "TwoFactor.PinChannel",
                    "TwoFactor.PinSendAnswer",
                    "TwoFactor.PinSendStatus",
                    "TwoFactor.PinVerifyAnswer",
                    "TwoFactor.PinVerifyStatus",
                    "TwoFactor.PhoneNumber",
                    "TwoFactor.PinCode",
                    "Settings",
                ]
            },
            { "Data", ["Settings"] },
            { "Settings", [] },
            {
                "Operations",
                ["Accounts", "TwoFactor", "Limits", "Mail", "Infobip", "Data", "Settings"]
            },
        };

    [Theory]
    [MemberData(nameof(MayUse))]
    public void A_folder_uses_only_what_its_row_allows(string folder, string[] allowed)
    {
        var closed = AllTypes
            .Where(type => !type.IsNested && IsOfSite(type))
            .Where(type =>
                !IsUnder(type, folder) && !allowed.Any(permitted => IsUnder(type, permitted))
            )
            .Select(type => type.FullName!)
            .ToArray();

        AssertNone(In(folder), closed);
    }

    [Fact]
    public void Every_folder_of_the_site_has_a_row()
    {
        var folders = AllTypes
            .Where(IsOfSite)
            .Where(type => type.Namespace != Root)
            .Select(type => type.Namespace!.Split('.')[2])
            .Distinct();

        Assert.All(
            folders,
            // Areas are pages; the composition uses all.
            folder =>
                Assert.Contains(
                    folder,
                    MayUse.Select(row => (string)row[0]).Append("Areas").Append("Composition")
                )
        );
    }

    /// <summary>The rules would hold of an assembly that cannot be read, too: what is used is seen.</summary>
    [Theory]
    [InlineData("Pages", "Otp2fa.Web.TwoFactor.PinCode", "VerifyPhoneNumberModel")]
    [InlineData("Pages", "Otp2fa.Web.Data.ApplicationUser", "StepUpModel")]
    [InlineData("Accounts", "Otp2fa.Web.Data.UserSession", "SessionStore")]
    [InlineData("TwoFactor", "Otp2fa.Web.Data.PinChallenge", "ChallengeRows")]
    [InlineData("Infobip", "Flurl", "InfobipClient")]
    public void A_use_inside_an_asynchronous_method_is_seen(string folder, string used, string user)
    {
        Assert.Contains(
            Users(In(folder), used),
            name => name.EndsWith(user, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Flurl_is_used_in_the_Infobip_folder_alone()
    {
        AssertNone(
            Types.InAssembly(Site).That().DoNotResideInNamespace($"{Root}.Infobip"),
            "Flurl"
        );
    }

    [Theory]
    [InlineData("Microsoft.AspNetCore.Http")]
    [InlineData("Microsoft.AspNetCore.Mvc")]
    [InlineData("Microsoft.AspNetCore.Razor")]
    [InlineData("Microsoft.AspNetCore.Authentication")]
    [InlineData("Microsoft.AspNetCore.Routing")]
    [InlineData("System.Net.Http")]
    public void The_rules_of_the_second_factor_know_no_HTTP(string space)
    {
        AssertNone(In("TwoFactor"), space);
    }

    [Theory]
    [InlineData("Microsoft.AspNetCore.Http")]
    [InlineData("Microsoft.AspNetCore.Mvc")]
    [InlineData("System.Net.Http")]
    public void The_data_folder_knows_no_HTTP(string space)
    {
        AssertNone(In("Data"), space);
    }

    [Theory]
    [InlineData("MailKit")]
    [InlineData("MimeKit")]
    public void Mail_is_made_and_sent_in_the_Mail_folder_alone(string library)
    {
        AssertNone(Types.InAssembly(Site).That().DoNotResideInNamespace($"{Root}.Mail"), library);
    }

    [Fact]
    public void No_mail_goes_around_the_outbox()
    {
        AssertNone(
            Types.InAssembly(Site).That().HaveNameMatching("."),
            "Microsoft.AspNetCore.Identity.IEmailSender",
            "Microsoft.AspNetCore.Identity.UI.Services",
            "System.Net.Mail"
        );
    }

    [Fact]
    public void The_names_in_the_rows_are_of_types_that_exist()
    {
        Assert.Equal(
            (Root, $"{Root}.Data", $"{Root}.TwoFactor", $"{Root}.Infobip"),
            (
                Site.GetName().Name,
                typeof(ApplicationUser).Namespace,
                typeof(IPinProvider).Namespace,
                typeof(InfobipOptions).Namespace
            )
        );
        Assert.All(
            MayUse
                .SelectMany(row => (string[])row[1])
                .Where(name => name.StartsWith("TwoFactor.", StringComparison.Ordinal)),
            name => Assert.NotNull(Site.GetType($"{Root}.{name}"))
        );
    }

    private static PredicateList In(string folder) =>
        folder == "Pages"
            ? Types
                .InAssembly(Site)
                .That()
                .ResideInNamespace(PageSpaces[0])
                .Or()
                .ResideInNamespace(PageSpaces[1])
                .Or()
                .ResideInNamespace(PageSpaces[2])
            : Types.InAssembly(Site).That().ResideInNamespace($"{Root}.{folder}");

    private static bool IsOfSite(Type type) =>
        type.Namespace == Root
        || type.Namespace?.StartsWith($"{Root}.", StringComparison.Ordinal) == true;

    /// <param name="type">A type of the site.</param>
    /// <param name="name">A folder, or a type in one.</param>
    private static bool IsUnder(Type type, string name) =>
        $"{type.FullName}.".StartsWith($"{Root}.{name}.", StringComparison.Ordinal);

    private static IEnumerable<string> Users(PredicateList types, params string[] used) =>
        types.Should().NotHaveDependencyOnAny(used).GetResult().FailingTypeNames ?? [];

    private static void AssertNone(PredicateList types, params string[] used)
    {
        var users = Users(types, used).ToList();
        Assert.True(
            users.Count == 0,
            string.Join(
                '\n',
                users.Select(user =>
                    $"{user} uses {string.Join(", ", used.Where(name => Users(types, name).Contains(user)))}"
                )
            )
        );
    }
}

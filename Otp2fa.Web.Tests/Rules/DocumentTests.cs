using System.Text.RegularExpressions;
using Otp2fa.Web.Tests.Support;

namespace Otp2fa.Web.Tests.Rules;

/// <summary>What the documents name is there: a file that moved or a test that was renamed is found here.</summary>
public sealed partial class DocumentTests
{
    public static TheoryData<string, string> NamedTests
    {
        get
        {
            var named = new TheoryData<string, string>();
            foreach (Match match in TestName().Matches(Repository.Read("docs/design-notes.md")))
            {
                named.Add(match.Groups["class"].Value, match.Groups["method"].Value);
            }

            return named;
        }
    }

    [Theory]
    [MemberData(nameof(NamedTests))]
    public void A_test_that_the_design_notes_name_is_there(string type, string method)
    {
        var found = typeof(DocumentTests)
            .Assembly.GetTypes()
            .Where(candidate => candidate.Name == type)
            .ToList();

        Assert.NotEmpty(found);
        if (method.Length > 0)
        {
            Assert.Contains(
                found.SelectMany(candidate => candidate.GetMethods()),
                candidate => candidate.Name == method
            );
        }
    }

    [Fact]
    public void A_file_that_the_readme_names_is_there()
    {
        var named = FileName()
            .Matches(Repository.Read("README.md"))
            .Select(match => match.Value.TrimEnd('/'))
            .Distinct()
            .ToList();

        Assert.NotEmpty(named);
        Assert.All(
            named,
            path =>
                Assert.True(
                    Path.Exists(Path.Combine(Repository.Root, path)),
                    $"{path} is named and not there"
                )
        );
    }

    [GeneratedRegex(
        @"`(?<class>[A-Z]\w+Tests)(\.(?<method>\w+))?`",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex TestName();

    [GeneratedRegex(@"(?<=`)Otp2fa\.\w+/[\w/.]*(?=`)", RegexOptions.None, 1000)]
    private static partial Regex FileName();
}

using System.CodeDom.Compiler;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using Otp2fa.Web.Tests.Support;

namespace Otp2fa.Web.Tests.Rules;

public sealed class CodeShapeTests
{
    private const int LongestPageModel = 150;

    [Fact]
    public void Every_class_is_sealed_static_or_abstract()
    {
        var open = typeof(Program)
            .Assembly.GetTypes()
            .Where(type => type.IsClass && !type.IsSealed && !type.IsAbstract)
            .Where(type => !IsGenerated(type) && type != typeof(Program))
            .Select(type => type.FullName);

        Assert.Empty(open);
    }

    [Fact]
    public void Every_page_model_fits_on_a_few_screens()
    {
        var models = Repository
            .Files.Where(file =>
                file.StartsWith("Otp2fa.Web/", StringComparison.Ordinal)
                && file.EndsWith(".cshtml.cs", StringComparison.Ordinal)
            )
            .ToList();

        Assert.True(models.Count > 10, "The page models are not where they were.");
        Assert.DoesNotContain(
            models.Select(file => (file, Lines: Repository.Read(file).Split('\n').Length - 1)),
            model => model.Lines > LongestPageModel
        );
    }

    [Fact]
    public void The_program_stays_a_list()
    {
        Assert.True(Repository.Read("Otp2fa.Web/Program.cs").Split('\n').Length <= 40);
    }

    /// <summary>Generated validators replace the sentences of the annotations by their own.</summary>
    [Fact]
    public void No_settings_are_checked_by_generated_code()
    {
        Assert.DoesNotContain(
            typeof(Program).Assembly.GetTypes(),
            type => type.IsDefined(typeof(OptionsValidatorAttribute), inherit: false)
        );
    }

    private static bool IsGenerated(Type type) =>
        type.Namespace == "AspNetCoreGeneratedDocument"
        || type.Namespace?.StartsWith("Otp2fa.Web.Data.Migrations", StringComparison.Ordinal)
            == true
        || type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false)
        || type.IsDefined(typeof(GeneratedCodeAttribute), inherit: false)
        || (type.DeclaringType is { } outer && IsGenerated(outer));
}

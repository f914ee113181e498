using FsCheck;
using FsCheck.Xunit;
using Otp2fa.Web.TwoFactor;

namespace Otp2fa.Web.Tests.Units.TwoFactor;

[Trait("Covers", "R14")]
public sealed class RecoveryCodeTextTests
{
    private const string Code = "7K2QXABCDEFGHJKMN012";

    [Theory]
    [InlineData("7K2QX-ABCDE-FGHJK-MN012")]
    [InlineData("7k2qx-abcde-fghjk-mn012")]
    [InlineData(" 7K2QX ABCDE FGHJK MN012 ")]
    [InlineData("7K2QX\u2011ABCDE\u2013FGHJK\u2014MN012")]
    [InlineData("7K2QX\u00a0ABCDE\tFGHJK\nMN012")]
    [InlineData("-7-K-2-Q-X-A-B-C-D-E-F-G-H-J-K-M-N-0-1-2-")]
    public void Case_spaces_and_dashes_do_not_matter(string typed)
    {
        Assert.Equal(Code, RecoveryCodeText.Parse(typed)?.Characters);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("----")]
    [InlineData("7K2QX-ABCDE-FGHJK-MN01")]
    [InlineData("7K2QX-ABCDE-FGHJK-MN0123")]
    [InlineData("7K2QX-ABCDE-FGHJK-MN01I")]
    [InlineData("7K2QX-ABCDE-FGHJK-MN01O")]
    [InlineData("7K2QX-ABCDE-FGHJK-MN01L")]
    [InlineData("7K2QX-ABCDE-FGHJK-MN01U")]
    [InlineData("7K2QX_ABCDE_FGHJK_MN012")]
    [InlineData("7K2QX.ABCDE.FGHJK.MN012")]
    [InlineData("\uff17K2QX-ABCDE-FGHJK-MN012")]
    [InlineData("7\u212a2QX-ABCDE-FGHJK-MN012")]
    [InlineData("7K2QX-ABCDE-FGHJK-MN012\0")]
    public void Anything_else_is_no_recovery_code(string? typed)
    {
        Assert.Null(RecoveryCodeText.Parse(typed));
    }

    [Fact]
    public void A_drawn_code_has_100_bits_reads_back_and_prints_nothing_of_itself()
    {
        var drawn = Enumerable.Range(0, 1000).Select(_ => RecoveryCodeText.Draw()).ToList();

        Assert.All(
            drawn,
            code =>
            {
                Assert.Matches(
                    "^([0-9A-HJKMNP-TV-Z]{5}-){3}[0-9A-HJKMNP-TV-Z]{5}$",
                    code.ToGroups()
                );
                Assert.Equal(code.Characters, RecoveryCodeText.Parse(code.ToGroups())?.Characters);
                Assert.Equal("recovery code", $"{code}");
            }
        );
        // 32 letters, each place uses all of them.
        Assert.All(
            Enumerable.Range(0, 20),
            place =>
                Assert.Equal(32, drawn.Select(code => code.Characters[place]).Distinct().Count())
        );
    }

    [Property]
    public void Whatever_is_typed_it_is_a_code_of_twenty_letters_or_none(string typed)
    {
        Assert.True(RecoveryCodeText.Parse(typed) is not { } code || code.Characters.Length == 20);
    }
}

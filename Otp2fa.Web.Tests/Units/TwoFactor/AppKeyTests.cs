using System.Text;
using Otp2fa.Web.Tests.Site;
using Otp2fa.Web.TwoFactor;
using QRCoder;

namespace Otp2fa.Web.Tests.Units.TwoFactor;

public sealed class AppKeyTests
{
    private static readonly AppKey OfTheRfc = AppKey.FromBytes(
        Encoding.ASCII.GetBytes("12345678901234567890")
    )!;

    /// <summary>RFC 6238 appendix B, the last six of its eight digits.</summary>
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void The_codes_are_those_of_the_RFC(long seconds, string code)
    {
        var time = DateTimeOffset.FromUnixTimeSeconds(seconds);

        Assert.Equal(seconds / 30, OfTheRfc.FindStep(PinCode.Parse(code, 6).Pin!, time));
        Assert.Equal(code, new Authenticator(OfTheRfc.ToGroups()).CodeAt(time));
    }

    [Theory]
    [InlineData(-2, false)]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void A_code_is_taken_one_step_early_or_late_and_no_more(int steps, bool isTaken)
    {
        var key = AppKey.Draw();
        var time = DateTimeOffset.FromUnixTimeSeconds(1_800_000_015);
        var code = new Authenticator(key.ToGroups()).CodeAt(time, steps);

        Assert.Equal(
            isTaken ? 60_000_000 + steps : null,
            key.FindStep(PinCode.Parse(code, 6).Pin!, time)
        );
    }

    [Fact]
    public void A_key_has_160_bits_and_is_another_each_time_and_prints_nothing()
    {
        var (one, other) = (AppKey.Draw(), AppKey.Draw());

        Assert.Equal(32, one.ToBase32().Length);
        Assert.Matches("^([a-z2-7]{4} ){7}[a-z2-7]{4}$", one.ToGroups());
        Assert.NotEqual(one.ToBase32(), other.ToBase32());
        Assert.Equal("app key", one.ToString());
        Assert.Null(AppKey.FromBytes(new byte[19]));
    }

    [Fact]
    public void The_address_for_the_app_names_site_person_and_key_and_hides_no_sign_of_them()
    {
        Assert.Equal(
            "otpauth://totp/A%20%26%20B:a%2Bb%40example.com?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=A%20%26%20B&digits=6&period=30",
            OfTheRfc.ToUri("A & B", "a+b@example.com")
        );
    }

    /// <summary>Of the reader of these tests: a hundred pictures of other keys, each read back.</summary>
    [Fact]
    public void A_picture_of_any_key_is_read_back()
    {
        for (var i = 0; i < 100; i++)
        {
            var uri = AppKey.Draw().ToUri("Otp2fa", $"person{i}@example.com");
            using var data = QRCodeGenerator.GenerateQrCode(uri, QRCodeGenerator.ECCLevel.M);
            using var svg = new SvgQRCode(data);

            Assert.Equal(uri, QrPicture.Read(svg.GetGraphic(4)));
        }
    }
}

using System.Globalization;
using System.Text.RegularExpressions;
using ZXing;
using ZXing.Common;
using ZXing.QrCode;

namespace Otp2fa.Web.Tests.Site;

/// <summary>Reads a QR code drawn as SVG, as the camera of an app does.</summary>
internal static partial class QrPicture
{
    private const int PixelsPerUnit = 4;

    public static string Read(string svg)
    {
        var size = Number(ViewBox().Match(svg), "size") * PixelsPerUnit;
        var picture = new byte[size * size];
        Array.Fill(picture, byte.MaxValue);
        var runs = Run().Matches(svg);
        Assert.True(runs.Count > 100, "That is no picture of a QR code.");
        foreach (Match run in runs)
        {
            var (x, y, width) = (Number(run, "x"), Number(run, "y"), Number(run, "width"));
            for (var row = y * PixelsPerUnit; row < (y + 1) * PixelsPerUnit; row++)
            {
                picture.AsSpan((row * size) + (x * PixelsPerUnit), width * PixelsPerUnit).Clear();
            }
        }

        var source = new RGBLuminanceSource(
            picture,
            size,
            size,
            RGBLuminanceSource.BitmapFormat.Gray8
        );
        // A drawing and no photograph: the corners need not be searched for, which now and then fails.
        return new QRCodeReader()
                .decode(
                    new BinaryBitmap(new GlobalHistogramBinarizer(source)),
                    new Dictionary<DecodeHintType, object> { [DecodeHintType.PURE_BARCODE] = true }
                )
                ?.Text
            ?? throw new InvalidOperationException("The QR code cannot be read.");
    }

    private static int Number(Match match, string group) =>
        int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"viewBox=""0 0 (?<size>\d+) ", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ViewBox();

    [GeneratedRegex(
        @"M(?<x>\d+) (?<y>\d+)h(?<width>\d+)v1h-\d+z",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Run();
}

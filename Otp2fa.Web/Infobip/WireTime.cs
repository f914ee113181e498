using System.Text.Json;
using System.Text.Json.Serialization;

namespace Otp2fa.Web.Infobip;

/// <summary>
/// A time since 1970. Infobip describes milliseconds and shows seconds in every example, so both are read: milliseconds
/// have had more than eleven digits since 1973. Anything else is no time.
/// </summary>
internal sealed class WireTimeConverter : JsonConverter<DateTimeOffset?>
{
    private const long FirstMilliseconds = 100_000_000_000;

    // The last second of the year 9999.
    private const long LastMilliseconds = 253_402_300_799_999;

    public override bool HandleNull => true;

    public override DateTimeOffset? Read(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options
    )
    {
        if (reader.TokenType == JsonTokenType.Number)
        {
            return reader.TryGetInt64(out var time) && time is >= 0 and <= LastMilliseconds
                ? time < FirstMilliseconds
                    ? DateTimeOffset.FromUnixTimeSeconds(time)
                    : DateTimeOffset.FromUnixTimeMilliseconds(time)
                : null;
        }

        reader.Skip();
        return null;
    }

    public override void Write(
        Utf8JsonWriter writer,
        DateTimeOffset? value,
        JsonSerializerOptions options
    ) => throw new NotSupportedException("Answers are only read.");
}

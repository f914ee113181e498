using System.Text.Json;
using System.Text.Json.Serialization;

namespace Otp2fa.Web.Infobip;

/// <summary>What an answer says where it should say true or false. Only the JSON literal counts as true.</summary>
internal enum WireTruth
{
    Absent,
    True,
    False,

    /// <summary>Something else, such as the string "true" or the number 1.</summary>
    Unreadable,
}

internal sealed class WireTruthConverter : JsonConverter<WireTruth>
{
    public override bool HandleNull => true;

    public override WireTruth Read(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options
    )
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.True:
                return WireTruth.True;
            case JsonTokenType.False:
                return WireTruth.False;
            case JsonTokenType.Null:
                return WireTruth.Absent;
            default:
                reader.Skip();
                return WireTruth.Unreadable;
        }
    }

    public override void Write(
        Utf8JsonWriter writer,
        WireTruth value,
        JsonSerializerOptions options
    ) => throw new NotSupportedException("Answers are only read.");
}

/// <summary>A count of zero or more. Anything else is no count, rather than zero.</summary>
internal sealed class WireCountConverter : JsonConverter<int?>
{
    public override bool HandleNull => true;

    public override int? Read(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options
    )
    {
        if (reader.TokenType == JsonTokenType.Number)
        {
            return reader.TryGetInt32(out var count) && count >= 0 ? count : null;
        }

        reader.Skip();
        return null;
    }

    public override void Write(Utf8JsonWriter writer, int? value, JsonSerializerOptions options) =>
        throw new NotSupportedException("Answers are only read.");
}

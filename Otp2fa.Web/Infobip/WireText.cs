using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Otp2fa.Web.Infobip;

/// <summary>
/// A member that should be a string. A number is taken by its digits, as some of Infobip's answers have one for a phone
/// number; anything else is remembered as unreadable and equals no text, so that it cannot pass for a missing member.
/// </summary>
[JsonConverter(typeof(WireTextConverter))]
internal readonly record struct WireText(string? Value, bool IsUnreadable = false)
{
    /// <summary>Missing from the answer, or null.</summary>
    public bool IsAbsent => Value is null && !IsUnreadable;

    public bool Is(string text) => string.Equals(Value, text, StringComparison.OrdinalIgnoreCase);

    public bool Has(string part) =>
        Value?.Contains(part, StringComparison.OrdinalIgnoreCase) ?? false;

    /// <summary>Infobip's values are often a pinId or a number: never printed.</summary>
    public override string ToString() => nameof(WireText);
}

internal sealed class WireTextConverter : JsonConverter<WireText>
{
    public override bool HandleNull => true;

    public override WireText Read(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options
    )
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return new WireText(reader.GetString());
            case JsonTokenType.Number:
                return new WireText(Encoding.ASCII.GetString(reader.ValueSpan));
            case JsonTokenType.Null:
                return default;
            default:
                reader.Skip();
                return new WireText(null, IsUnreadable: true);
        }
    }

    public override void Write(
        Utf8JsonWriter writer,
        WireText value,
        JsonSerializerOptions options
    ) => writer.WriteStringValue(value.Value);
}

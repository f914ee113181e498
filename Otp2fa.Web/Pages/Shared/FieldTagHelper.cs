using System.Net;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Otp2fa.Web.Pages.Shared;

/// <summary>
/// One input with its label, hint and error, tied together for assistive technology; the other attributes go to the
/// input as they are. A password or a code is never written back into the page.
/// </summary>
[HtmlTargetElement("field", Attributes = "for,label", TagStructure = TagStructure.WithoutEndTag)]
public sealed class FieldTagHelper : TagHelper
{
    public required ModelExpression For { get; set; }

    public required string Label { get; set; }

    public string? Hint { get; set; }

    /// <summary>True for codes: what was typed is not shown again.</summary>
    public bool Secret { get; set; }

    [ViewContext]
    [HtmlAttributeNotBound]
    public required ViewContext ViewContext { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var name = ViewContext.ViewData.TemplateInfo.GetFullHtmlFieldName(For.Name);
        var id = TagBuilder.CreateSanitizedId(name, "_");
        ViewContext.ViewData.ModelState.TryGetValue(name, out var entry);
        var error = entry?.Errors.FirstOrDefault()?.ErrorMessage;

        var input = new TagBuilder("input") { TagRenderMode = TagRenderMode.SelfClosing };
        foreach (var attribute in output.Attributes)
        {
            input.Attributes[attribute.Name] =
                attribute.ValueStyle == HtmlAttributeValueStyle.Minimized ? string.Empty
                // What a page spells out arrives encoded, and is encoded once more when the input is written.
                : attribute.Value is HtmlString literal ? WebUtility.HtmlDecode(literal.Value)
                : attribute.Value?.ToString();
        }

        input.Attributes["id"] = id;
        input.Attributes["name"] = name;
        input.Attributes.TryAdd("type", "text");
        if (
            !Secret
            && !string.Equals(
                input.Attributes["type"],
                "password",
                StringComparison.OrdinalIgnoreCase
            )
        )
        {
            input.Attributes["value"] =
                entry?.AttemptedValue ?? For.Model?.ToString() ?? string.Empty;
        }

        var described = new List<string>();
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.Clear();
        output.Attributes.SetAttribute("class", error is null ? "field" : "field field-wrong");
        output.Content.AppendHtml(Text("label", Label, ("for", id)));
        if (Hint is not null)
        {
            described.Add($"{id}-hint");
            output.Content.AppendHtml(Text("p", Hint, ("class", "hint"), ("id", $"{id}-hint")));
        }

        if (error is not null)
        {
            described.Add($"{id}-error");
            input.Attributes["aria-invalid"] = "true";
            output.Content.AppendHtml(
                Text("p", error, ("class", "field-error"), ("id", $"{id}-error"))
            );
        }

        if (described.Count > 0)
        {
            input.Attributes["aria-describedby"] = string.Join(' ', described);
        }

        output.Content.AppendHtml(input);
    }

    private static TagBuilder Text(
        string tag,
        string text,
        params ReadOnlySpan<(string Name, string Value)> attributes
    )
    {
        var element = new TagBuilder(tag);
        foreach (var (name, value) in attributes)
        {
            element.Attributes[name] = value;
        }

        element.InnerHtml.Append(text);
        return element;
    }
}

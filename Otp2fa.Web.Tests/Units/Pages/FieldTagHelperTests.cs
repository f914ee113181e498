using System.Text.Encodings.Web;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Otp2fa.Web.Pages.Shared;

namespace Otp2fa.Web.Tests.Units.Pages;

public sealed class FieldTagHelperTests
{
    private const string Canary = "canary-7c41";

    [Fact]
    public void The_label_names_the_input_by_its_id()
    {
        var field = new Field("Input.Email").Render();

        Assert.Equal("Input_Email", field.Input.Id);
        Assert.Equal("Input.Email", field.Input.Name);
        Assert.Equal("Input_Email", field.Label.HtmlFor);
        Assert.Equal("The label", field.Label.TextContent);
    }

    [Fact]
    public void A_prefix_of_the_template_is_part_of_name_and_id()
    {
        var field = new Field("Email") { Prefix = "Input" }.Render();

        Assert.Equal(("Input.Email", "Input_Email"), (field.Input.Name, field.Input.Id));
    }

    [Fact]
    public void A_field_with_neither_hint_nor_error_is_described_by_nothing()
    {
        var field = new Field("Input.Email").Render();

        Assert.False(field.Input.HasAttribute("aria-describedby"));
        Assert.False(field.Input.HasAttribute("aria-invalid"));
        Assert.Null(field.Root.QuerySelector("p"));
        Assert.Equal("field", field.Root.ClassName);
    }

    [Fact]
    public void A_hint_describes_the_input()
    {
        var field = new Field("Input.Email") { Hint = "The hint" }.Render();

        Assert.Equal(["The hint"], field.DescribedBy());
        Assert.False(field.Input.HasAttribute("aria-invalid"));
    }

    [Fact]
    public void An_error_describes_the_input_and_makes_it_invalid()
    {
        var field = new Field("Input.Email") { Error = "The error." }.Render();

        Assert.Equal(["The error."], field.DescribedBy());
        Assert.Equal("true", field.Input.GetAttribute("aria-invalid"));
        Assert.Equal("field field-wrong", field.Root.ClassName);
    }

    [Fact]
    public void Hint_and_error_both_describe_the_input_hint_first()
    {
        var field = new Field("Input.Email") { Hint = "The hint", Error = "The error." }.Render();

        Assert.Equal(["The hint", "The error."], field.DescribedBy());
    }

    [Fact]
    public void An_error_of_another_field_changes_nothing()
    {
        var field = new Field("Input.Email") { OtherError = "Elsewhere." }.Render();

        Assert.False(field.Input.HasAttribute("aria-invalid"));
        Assert.Equal("field", field.Root.ClassName);
    }

    [Fact]
    public void What_the_model_holds_is_shown()
    {
        Assert.Equal(
            "model",
            new Field("Input.Email") { Model = "model" }
                .Render()
                .Input.Value
        );
    }

    [Fact]
    public void What_was_typed_is_shown_again_instead_of_the_model()
    {
        var field = new Field("Input.Email") { Model = "model", Typed = "typed" }.Render();

        Assert.Equal("typed", field.Input.Value);
    }

    [Theory]
    [InlineData("password")]
    [InlineData("Password")]
    [InlineData("PASSWORD")]
    public void A_password_is_never_written_back(string type)
    {
        var field = new Field("Input.Password")
        {
            Model = Canary,
            Typed = Canary,
            Error = "Wrong.",
            Attributes = [new TagHelperAttribute("type", type)],
        }.Render();

        Assert.DoesNotContain(Canary, field.Html, StringComparison.Ordinal);
        Assert.False(field.Input.HasAttribute("value"));
    }

    [Fact]
    public void A_password_of_a_literal_attribute_is_never_written_back()
    {
        var field = new Field("Input.Password")
        {
            Typed = Canary,
            Attributes = [new TagHelperAttribute("type", new HtmlString("password"))],
        }.Render();

        Assert.DoesNotContain(Canary, field.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_value_is_never_written_back()
    {
        var field = new Field("Input.Code")
        {
            Model = Canary,
            Typed = Canary,
            Secret = true,
            Error = "Wrong.",
        }.Render();

        Assert.DoesNotContain(Canary, field.Html, StringComparison.Ordinal);
        Assert.False(field.Input.HasAttribute("value"));
    }

    [Fact]
    public void An_input_is_text_unless_it_says_otherwise_and_keeps_its_other_attributes()
    {
        var plain = new Field("Input.Email").Render();
        var phone = new Field("Input.PhoneNumber")
        {
            Attributes =
            [
                new TagHelperAttribute("type", new HtmlString("tel")),
                new TagHelperAttribute("autocomplete", new HtmlString("tel")),
                new TagHelperAttribute("maxlength", 64),
                new TagHelperAttribute("required"),
            ],
        }.Render();

        Assert.Equal("text", plain.Input.Type);
        Assert.Equal("tel", phone.Input.Type);
        Assert.Equal("tel", phone.Input.Autocomplete);
        Assert.Equal(64, phone.Input.MaxLength);
        Assert.True(phone.Input.IsRequired);
        Assert.False(phone.Root.HasAttribute("maxlength"));
    }

    [Fact]
    public void Text_of_every_place_is_encoded_exactly_once()
    {
        const string Text = "<b title=\"x\">Q&A'</b>";
        var field = new Field("Input.Email")
        {
            Label = Text,
            Hint = Text,
            Error = Text,
            Typed = Text,
            Attributes =
            [
                new TagHelperAttribute("placeholder", Text),
                // As Razor passes what is written out in the page: encoded already.
                new TagHelperAttribute("title", new HtmlString(HtmlEncoder.Default.Encode(Text))),
            ],
        }.Render();

        Assert.Empty(field.Root.QuerySelectorAll("b"));
        Assert.Equal(Text, field.Label.TextContent);
        Assert.Equal([Text, Text], field.DescribedBy());
        Assert.Equal(Text, field.Input.Value);
        Assert.Equal(Text, field.Input.Placeholder);
        Assert.Equal(Text, field.Input.Title);
    }

    [Fact]
    public void A_page_cannot_give_the_input_another_id_or_name_than_the_label_has()
    {
        var field = new Field("Input.Email")
        {
            Attributes =
            [
                new TagHelperAttribute("id", new HtmlString("other")),
                new TagHelperAttribute("name", new HtmlString("other")),
            ],
        }.Render();

        Assert.Equal(("Input.Email", "Input_Email"), (field.Input.Name, field.Input.Id));
    }

    private sealed record Rendered(IElement Root, string Html)
    {
        public IHtmlInputElement Input =>
            Assert.IsAssignableFrom<IHtmlInputElement>(
                Assert.Single(Root.QuerySelectorAll("input"))
            );

        public IHtmlLabelElement Label =>
            Assert.IsAssignableFrom<IHtmlLabelElement>(
                Assert.Single(Root.QuerySelectorAll("label"))
            );

        /// <summary>The texts that aria-describedby leads to, in its order.</summary>
        public IEnumerable<string> DescribedBy() =>
            (Input.GetAttribute("aria-describedby") ?? "")
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(id => Assert.Single(Root.QuerySelectorAll($"#{id}")).TextContent);
    }

    private sealed class Field(string name)
    {
        public string Prefix { get; init; } = "";
        public string Label { get; init; } = "The label";
        public string? Hint { get; init; }
        public string? Error { get; init; }
        public string? OtherError { get; init; }
        public string? Model { get; init; }
        public string? Typed { get; init; }
        public bool Secret { get; init; }
        public TagHelperAttributeList Attributes { get; init; } = [];

        public Rendered Render()
        {
            var metadata = new EmptyModelMetadataProvider();
            var view = new ViewDataDictionary(metadata, new ModelStateDictionary());
            view.TemplateInfo.HtmlFieldPrefix = Prefix;
            if (Typed is not null)
            {
                view.ModelState.SetModelValue(name, Typed, Typed);
            }

            if (Error is not null)
            {
                view.ModelState.AddModelError(name, Error);
            }

            if (OtherError is not null)
            {
                view.ModelState.AddModelError("Input.Other", OtherError);
            }

            var helper = new FieldTagHelper
            {
                For = new ModelExpression(
                    name,
                    metadata.GetModelExplorerForType(typeof(string), Model)
                ),
                Label = Label,
                Hint = Hint,
                Secret = Secret,
                ViewContext = new ViewContext
                {
                    ViewData = view,
                    HttpContext = new DefaultHttpContext(),
                },
            };
            var output = new TagHelperOutput(
                "field",
                Attributes,
                (_, _) => Task.FromResult<TagHelperContent>(new DefaultTagHelperContent())
            );
            helper.Process(
                new TagHelperContext([], new Dictionary<object, object>(), "field"),
                output
            );
            using var writer = new StringWriter();
            output.WriteTo(writer, HtmlEncoder.Default);
            var html = writer.ToString();
            return new Rendered(
                Assert.Single(new HtmlParser().ParseDocument(html).Body!.Children),
                html
            );
        }
    }
}

using Otp2fa.Web.Mail;

namespace Otp2fa.Web.Tests.Units.Mails;

public sealed class MailAddressesTests
{
    [Theory]
    [InlineData("a@example.com")]
    [InlineData("first.last+tag@mail.example.co.uk")]
    [InlineData("o'neil@example.com")]
    [InlineData("a@localhost")]
    [InlineData("A@EXAMPLE.COM")]
    [InlineData("a@1-2.example")]
    public void A_bare_address_is_one(string text)
    {
        Assert.Equal(text, MailAddresses.Find(text)?.Address);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("@")]
    [InlineData("a@")]
    [InlineData("@example.com")]
    [InlineData("a@-")]
    [InlineData("a@-b.com")]
    [InlineData("a@b-.com")]
    [InlineData("a@b..com")]
    [InlineData("a@.com")]
    [InlineData("a@b.com.")]
    [InlineData("a@b_c.com")]
    [InlineData("a@[127.0.0.1]")]
    [InlineData("a b@example.com")]
    [InlineData("\"a b\"@example.com")]
    [InlineData("a@b@example.com")]
    [InlineData(".a@example.com")]
    [InlineData("a..b@example.com")]
    [InlineData("Name <a@example.com>")]
    [InlineData("a(comment)@example.com")]
    [InlineData("=?utf-8?q?a?=@example.com")]
    [InlineData("a@example.com,b@example.com")]
    [InlineData("a@example.com\r\nBcc: b@example.com")]
    [InlineData("ä@example.com")]
    [InlineData("a@exämple.com")]
    public void Everything_else_is_none(string? text)
    {
        Assert.Null(MailAddresses.Find(text));
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void A_local_part_has_at_most_64_characters(int length, bool taken)
    {
        Assert.Equal(taken, MailAddresses.Find(new string('a', length) + "@b.com") is not null);
    }

    [Theory]
    [InlineData(63, true)]
    [InlineData(64, false)]
    public void A_label_has_at_most_63_characters(int length, bool taken)
    {
        Assert.Equal(taken, MailAddresses.Find($"a@{new string('b', length)}.com") is not null);
    }
}

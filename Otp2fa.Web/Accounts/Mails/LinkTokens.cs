using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Otp2fa.Web.Data;

namespace Otp2fa.Web.Accounts.Mails;

/// <summary>
/// The codes in mailed links. Each is protected by the key ring, good for one purpose, one account, one address and a while.
/// Those that change the account are tied to its security stamp, which every change replaces: so each works once (ASVS
/// 6.4.3). Identity's own go by the machine's clock and name no address.
/// </summary>
internal sealed class LinkTokens(
    Otp2faDbContext db,
    IDataProtectionProvider dataProtection,
    IOptions<AccountsOptions> options,
    TimeProvider time
)
{
    public TimeSpan LifetimeOf(LinkPurpose purpose) =>
        purpose switch
        {
            LinkPurpose.ConfirmAddress or LinkPurpose.ConfirmNewAddress => options
                .Value
                .ConfirmationLifetime,
            LinkPurpose.ResetPassword => options.Value.ResetLifetime,
            LinkPurpose.NotMe => options.Value.NoticeLifetime,
        };

    /// <returns>Printable characters that need no escape in an address.</returns>
    public string Create(
        LinkPurpose purpose,
        ApplicationUser user,
        string address,
        long? formerAddressId = null
    )
    {
        var contents = new Contents(
            user.Id,
            address,
            formerAddressId,
            IsTied(purpose) ? user.HashStamp() : [],
            time.GetUtcNow() + LifetimeOf(purpose)
        );
        return WebEncoders.Base64UrlEncode(
            Protector(purpose).Protect(JsonSerializer.SerializeToUtf8Bytes(contents))
        );
    }

    /// <summary>The account as it is stored now, read anew.</summary>
    /// <returns>Null for what is no such code, or works no more.</returns>
    public async Task<LinkTarget?> FindAsync(LinkPurpose purpose, string? code)
    {
        if (
            Read(purpose, code) is not { } contents
            || contents.EndUtc <= time.GetUtcNow()
            || await db.Users.AsNoTracking().FirstOrDefaultAsync(u => u.Id == contents.UserId)
                is not { } user
        )
        {
            return null;
        }

        return !IsTied(purpose) || user.HashStamp().AsSpan().SequenceEqual(contents.StampHash)
            ? new LinkTarget(
                user,
                contents.Address,
                contents.FormerAddressId,
                contents.EndUtc - LifetimeOf(purpose)
            )
            : null;
    }

    // A notice must be answered all the more when the account was changed since.
    private static bool IsTied(LinkPurpose purpose) => purpose != LinkPurpose.NotMe;

    private Contents? Read(LinkPurpose purpose, string? code)
    {
        if (string.IsNullOrEmpty(code))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<Contents>(
                Protector(purpose).Unprotect(WebEncoders.Base64UrlDecode(code))
            );
        }
        catch (Exception exception) when (exception is FormatException or CryptographicException)
        {
            return null;
        }
    }

    private IDataProtector Protector(LinkPurpose purpose) =>
        dataProtection.CreateProtector("Otp2fa.MailedLink", purpose.ToString());

    private sealed record Contents(
        string UserId,
        string Address,
        long? FormerAddressId,
        byte[] StampHash,
        DateTimeOffset EndUtc
    );
}

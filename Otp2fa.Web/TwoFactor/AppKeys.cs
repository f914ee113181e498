using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Otp2fa.Web.Data;
using OtpNet;

namespace Otp2fa.Web.TwoFactor;

/// <summary>
/// How keys of authenticator apps stand in the database and in the form that sets one up: protected by the key ring, each for
/// its account alone.
/// </summary>
internal sealed class AppKeys(
    IDataProtectionProvider dataProtection,
    TimeProvider time,
    ILogger<AppKeys> logger
)
{
    /// <summary>How long a key that was shown may be set up.</summary>
    private static readonly TimeSpan OfferLife = TimeSpan.FromMinutes(15);

    /// <summary>The key of an account's app; null if it has none, or the ring has lost what protected it.</summary>
    public AppKey? Find(ApplicationUser user)
    {
        if (user.AuthenticatorKey is not { } stored)
        {
            return null;
        }

        try
        {
            return AppKey.FromBytes(ProtectorOf(user).Unprotect(stored));
        }
        catch (CryptographicException)
        {
            logger.AppKeyUnreadable(user.Id);
            return null;
        }
    }

    public byte[] Protect(ApplicationUser user, AppKey key) =>
        ProtectorOf(user).Protect(key.Bytes.ToArray());

    /// <summary>
    /// A key that waits in the page's own form until a code of it is typed. It is bound to the account as it is now, for a
    /// quarter of an hour, so a page that is only looked at writes nothing.
    /// </summary>
    public string ToOffer(ApplicationUser user, AppKey key)
    {
        var end = (time.GetUtcNow() + OfferLife).UtcTicks;
        return OfferProtectorOf(user)
            .Protect(string.Create(CultureInfo.InvariantCulture, $"{end} {key.ToBase32()}"));
    }

    /// <summary>Null for what is no offer of this account, or not any more.</summary>
    public AppKey? FromOffer(ApplicationUser user, string? offer)
    {
        try
        {
            return
                !string.IsNullOrEmpty(offer)
                && OfferProtectorOf(user).Unprotect(offer).Split(' ') is [var end, var key]
                && long.Parse(end, CultureInfo.InvariantCulture) > time.GetUtcNow().UtcTicks
                ? AppKey.FromBytes(Base32Encoding.ToBytes(key))
                : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private IDataProtector ProtectorOf(ApplicationUser user) =>
        dataProtection.CreateProtector("Otp2fa.AuthenticatorKey", user.Id);

    private IDataProtector OfferProtectorOf(ApplicationUser user) =>
        dataProtection.CreateProtector(
            "Otp2fa.AuthenticatorOffer",
            user.Id,
            user.SecurityStamp ?? string.Empty
        );
}

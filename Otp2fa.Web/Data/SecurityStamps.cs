using System.Security.Cryptography;
using System.Text;

namespace Otp2fa.Web.Data;

internal static class SecurityStamps
{
    /// <summary>
    /// What ties a row or a ticket to the account as it is now: SHA-256 of the security stamp, which changes with password,
    /// number and factors. The stamp itself is kept nowhere else.
    /// </summary>
    public static byte[] HashStamp(this ApplicationUser user) =>
        SHA256.HashData(Encoding.UTF8.GetBytes(user.SecurityStamp ?? string.Empty));
}

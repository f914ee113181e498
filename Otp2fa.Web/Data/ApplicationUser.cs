using Microsoft.AspNetCore.Identity;

namespace Otp2fa.Web.Data;

/// <summary>
/// A person with an account. <see cref="IdentityUser{TKey}.PhoneNumber"/> holds E.164 with the plus sign and is only
/// ever written together with its confirmed flag, after a PIN sent to that number was typed back.
/// </summary>
public sealed class ApplicationUser : IdentityUser;

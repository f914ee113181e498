namespace Otp2fa.Web.Accounts;

/// <summary>
/// A page that stays open to a person who must turn two-factor authentication on first: a step of turning it on, signing
/// out, or a page that shows nothing of anybody.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class AllowDuringEnrolmentAttribute : Attribute;

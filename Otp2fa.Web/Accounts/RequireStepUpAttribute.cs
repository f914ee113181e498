namespace Otp2fa.Web.Accounts;

/// <summary>
/// Lets a page handler, or all of a page, run only for a person who has just shown again who they are: the password, and a
/// second factor if the account has one (ASVS 7.5.1; see <see cref="StepUp.IsNeeded"/>). Whoever has not is led to do it and
/// then back to the page; nothing of the handler has run. The page must need a signed-in person. For Razor Pages: the site
/// does not start with it on an endpoint of another kind.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class RequireStepUpAttribute : Attribute;

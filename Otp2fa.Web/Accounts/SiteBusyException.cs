namespace Otp2fa.Web.Accounts;

/// <summary>
/// The site has more to do than it can, and said no before it did anything: answered with 503, and a sentence to try again.
/// </summary>
internal sealed class SiteBusyException : Exception
{
    public SiteBusyException()
        : base("More passwords wait to be checked than may.") { }
}

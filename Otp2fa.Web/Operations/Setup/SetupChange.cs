namespace Otp2fa.Web.Operations.Setup;

/// <param name="Setting">In Infobip's words.</param>
/// <param name="Before">Null where there was nothing.</param>
/// <param name="After">What it is to be.</param>
internal sealed record SetupChange(string Setting, string? Before, string After);

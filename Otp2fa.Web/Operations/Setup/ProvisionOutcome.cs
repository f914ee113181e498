namespace Otp2fa.Web.Operations.Setup;

/// <param name="ApplicationId">Null if it could not be made.</param>
/// <param name="MessageId">Null if it could not be made.</param>
/// <param name="IsApplicationWritten">The application was made or changed.</param>
/// <param name="IsTemplateWritten">The template was made or changed.</param>
/// <param name="Failure">Why it is not complete; null if it is.</param>
internal sealed record ProvisionOutcome(
    string? ApplicationId,
    string? MessageId,
    bool IsApplicationWritten = false,
    bool IsTemplateWritten = false,
    string? Failure = null
);

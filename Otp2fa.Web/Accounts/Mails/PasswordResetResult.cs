namespace Otp2fa.Web.Accounts.Mails;

/// <param name="Status">What it came to.</param>
/// <param name="Sentences">What is wrong with the new password.</param>
public sealed record PasswordResetResult(
    PasswordResetStatus Status,
    IReadOnlyList<string>? Sentences = null
);

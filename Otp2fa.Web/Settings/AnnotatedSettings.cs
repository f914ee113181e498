using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Otp2fa.Web.Settings;

/// <summary>
/// Checks the annotations of a settings class and answers with their own sentences. The validators that the SDK
/// generates replace the sentence of a range by one of theirs, and the framework's wraps it: neither names the setting.
/// </summary>
internal sealed class AnnotatedSettings<TOptions> : IValidateOptions<TOptions>
    where TOptions : class
{
    // A range of lengths of time prepares itself at its first use, and is not safe while it does: several sites can start
    // in one process.
    private static readonly Lock Preparing = new();

    public ValidateOptionsResult Validate(string? name, TOptions options)
    {
        List<ValidationResult> failures = [];
        lock (Preparing)
        {
            Validator.TryValidateObject(
                options,
                new ValidationContext(options),
                failures,
                validateAllProperties: true
            );
        }

        return failures.Count == 0
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(failures.Select(failure => failure.ErrorMessage!));
    }
}

using Microsoft.Extensions.Options;

namespace Otp2fa.Web.Data;

/// <summary>Section <c>Security</c>.</summary>
public sealed class SecurityOptions
{
    public const string Section = "Security";

    /// <summary>
    /// Base64 of 32 random bytes that key every stored hash of a number or pinId. The same on every instance; Production
    /// refuses to start without it, Development makes one in its database.
    /// </summary>
    public string? HashKey { get; set; }

    internal byte[]? DecodeHashKey()
    {
        var buffer = new byte[Data.HashKey.Length + 1];
        return
            Convert.TryFromBase64String(HashKey ?? string.Empty, buffer, out var written)
            && written == Data.HashKey.Length
            ? buffer[..written]
            : null;
    }
}

internal sealed class SecurityOptionsValidator(IHostEnvironment environment)
    : IValidateOptions<SecurityOptions>
{
    public ValidateOptionsResult Validate(string? name, SecurityOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.HashKey))
        {
            return environment.IsDevelopment()
                ? ValidateOptionsResult.Success
                : ValidateOptionsResult.Fail(
                    "Security:HashKey is missing. Set it to the base64 of 32 random bytes, the same on every instance."
                );
        }

        return options.DecodeHashKey() is null
            ? ValidateOptionsResult.Fail("Security:HashKey is not the base64 of exactly 32 bytes.")
            : ValidateOptionsResult.Success;
    }
}

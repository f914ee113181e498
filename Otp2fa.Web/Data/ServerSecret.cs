namespace Otp2fa.Web.Data;

/// <summary>A secret that Development makes for itself, so that a first run needs no settings. Never used in Production.</summary>
public sealed class ServerSecret
{
    public const string HashKeyName = "HashKey";

    public required string Name { get; init; }

    public required byte[] Value { get; init; }
}

using Microsoft.AspNetCore.Identity;

namespace Otp2fa.Web.Data;

/// <summary>
/// The version of Identity's tables, said once for the running site and for <c>dotnet ef</c>: the model differs between
/// versions and EF takes it from <see cref="StoreOptions.SchemaVersion"/>.
/// </summary>
internal static class IdentitySchema
{
    public static readonly Version Version = IdentitySchemaVersions.Version3;
}

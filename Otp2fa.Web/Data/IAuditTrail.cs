namespace Otp2fa.Web.Data;

/// <summary>
/// Where what happened to accounts is written down for those who watch the site (R40). Written when it is decided, a moment
/// before the database says so too. Never a password, a code, a pinId, a number or an address of a person.
/// </summary>
public interface IAuditTrail
{
    /// <param name="kind">What happened.</param>
    /// <param name="userId">Whose; null if nobody's, or if nobody knows.</param>
    /// <param name="factor">With which factor.</param>
    /// <param name="purpose">What for, or by which limit, in a word of our own.</param>
    void Record(
        AuditKind kind,
        string? userId = null,
        Factor? factor = null,
        string? purpose = null
    );
}

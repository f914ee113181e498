namespace Otp2fa.Web.Data;

/// <summary>The account that a row was to belong to was deleted while the request was under way.</summary>
public sealed class AccountGoneException : Exception
{
    public AccountGoneException()
        : this("The account was deleted while the request was under way.") { }

    public AccountGoneException(string message)
        : base(message) { }

    public AccountGoneException(string message, Exception innerException)
        : base(message, innerException) { }
}

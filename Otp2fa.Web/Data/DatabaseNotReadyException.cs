namespace Otp2fa.Web.Data;

/// <summary>The database cannot be used as it is; the message says what the operator can do, without the connection string.</summary>
public sealed class DatabaseNotReadyException : Exception
{
    public DatabaseNotReadyException()
        : this("The database cannot be used.") { }

    public DatabaseNotReadyException(string message)
        : base(message) { }

    public DatabaseNotReadyException(string message, Exception innerException)
        : base(message, innerException) { }
}

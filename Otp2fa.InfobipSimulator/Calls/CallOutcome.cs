using System.Text.Json.Serialization;

namespace Otp2fa.InfobipSimulator.Calls;

/// <summary>What an operation did, whatever a fault made of its answer afterwards.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CallOutcome>))]
public enum CallOutcome
{
    /// <summary>The call has arrived and the operation has not run yet; a delay may hold it.</summary>
    Pending,

    /// <summary>A fault answered, or cut the connection, in place of the operation.</summary>
    NotReached,

    /// <summary>Missing or wrong API key.</summary>
    Unauthorized,

    /// <summary>A known key without the scope: 403.</summary>
    Forbidden,

    /// <summary>An operation on applications, templates or the status did what it was asked.</summary>
    Done,

    /// <summary>The request broke a rule: 400.</summary>
    Rejected,

    /// <summary>What the address names does not exist.</summary>
    NotFound,

    /// <summary>One of the application's limits, or the account's for the operation, was reached.</summary>
    Throttled,

    /// <summary>A message or a call is on the phone.</summary>
    Sent,

    /// <summary>A PIN exists, but nothing was delivered.</summary>
    NotSent,
    Verified,
    WrongPin,
    Expired,
    AttemptsExhausted,
}

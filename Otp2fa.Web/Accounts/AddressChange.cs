namespace Otp2fa.Web.Accounts;

/// <summary>What came of giving an account another address.</summary>
public enum AddressChange
{
    Done,

    /// <summary>Another account has that address.</summary>
    AddressTaken,

    /// <summary>The account was changed elsewhere since it was loaded; nothing was done.</summary>
    ChangedElsewhere,
}

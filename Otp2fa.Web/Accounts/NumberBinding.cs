namespace Otp2fa.Web.Accounts;

/// <summary>What came of making a proved number the account's.</summary>
internal enum NumberBinding
{
    Bound,

    /// <summary>The account was changed elsewhere since it was loaded; nothing was done.</summary>
    ChangedElsewhere,

    /// <summary>The number belongs to as many other accounts as it may; nothing was done (L10).</summary>
    NumberTaken,
}

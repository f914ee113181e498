namespace Otp2fa.Web.Operations.Setup;

/// <summary>How a check of the set-up came out.</summary>
internal enum FindingLevel
{
    Pass,

    /// <summary>It works, and could be better; or nobody could look.</summary>
    Warn,

    /// <summary>People are kept out, or kept less safe than the site says.</summary>
    Fail,
}

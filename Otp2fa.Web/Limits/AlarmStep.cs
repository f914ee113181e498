namespace Otp2fa.Web.Limits;

/// <summary>How far a limit of the site has gone.</summary>
internal enum AlarmStep
{
    /// <summary>More than usual; nothing has changed for anybody.</summary>
    Early,

    /// <summary>No code goes to numbers that are not proved.</summary>
    Enrolment,

    /// <summary>No code goes to anybody.</summary>
    Spent,
}

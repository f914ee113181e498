namespace Otp2fa.Web.Operations.Setup;

/// <summary>What the commands on the set-up end with; scripts rely on the numbers.</summary>
internal static class SetupExit
{
    /// <summary>Nothing that keeps people out or less safe; there may be warnings.</summary>
    public const int Good = 0;

    public const int Findings = 1;

    /// <summary>Wrong settings or usage, or no answer of Infobip.</summary>
    public const int NotRun = 2;
}

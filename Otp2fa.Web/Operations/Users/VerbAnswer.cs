namespace Otp2fa.Web.Operations.Users;

/// <param name="ExitCode">One of <see cref="VerbExit"/>.</param>
/// <param name="Lines">To standard output if it was done, to standard error if not.</param>
internal sealed record VerbAnswer(int ExitCode, IReadOnlyList<string> Lines)
{
    public static VerbAnswer Done(params IReadOnlyList<string> lines) => new(VerbExit.Done, lines);

    public static VerbAnswer Refused(string sentence) => new(VerbExit.Refused, [sentence]);
}

/// <summary>What the program ends with; scripts rely on the numbers.</summary>
internal static class VerbExit
{
    public const int Done = 0;

    /// <summary>There is no such account, or it could not be done.</summary>
    public const int Refused = 1;

    public const int WrongUsage = 2;
}

namespace Otp2fa.Web.Tests.Site;

/// <summary>Somebody with an account: what they type, and the number in their hand.</summary>
internal sealed record Person(string Email, string Password, string Number)
{
    private static int count;

    /// <summary>A new person. The numbers are of the range reserved for examples.</summary>
    public static Person New()
    {
        var number = Interlocked.Increment(ref count);
        return new Person(
            $"person{number}@example.com",
            $"correct horse battery {number}",
            $"+447700900{number % 1000:000}"
        );
    }

    public string Digits => Number[1..];
}

using Otp2fa.Web.Composition;

try
{
    if (OperatorVerbs.AreAskedFor(args))
    {
        return await OperatorVerbs.RunAsync(args);
    }

    var builder = WebApplication.CreateBuilder(args);
    builder.AddOtp2fa();
    await using var app = builder.Build();
    app.UseOtp2fa();
    await app.RunAsync();
    return 0;
}
catch (Exception exception) when (StartupFailures.Explain(exception) is { Count: > 0 } reasons)
{
    // To the console and not to the log: settings that cannot be read may be those of the log.
    foreach (var reason in reasons)
    {
        await Console.Error.WriteLineAsync($"Otp2fa does not start: {reason}");
    }

    return 1;
}

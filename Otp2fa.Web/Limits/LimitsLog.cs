namespace Otp2fa.Web.Limits;

/// <summary>Event ids 4000 to 4099. Nobody's account and nobody's number.</summary>
internal static partial class LimitsLog
{
    [LoggerMessage(
        4000,
        LogLevel.Warning,
        "Alarm: {Limit} reached {Filled} of {Most}. At Limits:EnrolmentShare of it no code goes to new numbers any more, at all of it none to anybody"
    )]
    public static partial void BudgetGoing(
        this ILogger logger,
        string limit,
        long filled,
        long most
    );

    [LoggerMessage(
        4004,
        LogLevel.Error,
        "Alarm: {Limit} reached {Filled} of {Most}: no code goes to new numbers. At all of it none goes to anybody"
    )]
    public static partial void BudgetForSignInsOnly(
        this ILogger logger,
        string limit,
        long filled,
        long most
    );

    [LoggerMessage(
        4001,
        LogLevel.Error,
        "Alarm: {Limit} is spent ({Most}): none of its codes goes out before {Until}"
    )]
    public static partial void BudgetSpent(
        this ILogger logger,
        string limit,
        long most,
        DateTimeOffset until
    );

    [LoggerMessage(
        4002,
        LogLevel.Error,
        "Alarm: of {Name} in the last hour {Verified} of {Sent} were typed back, as when somebody earns from messages (SMS pumping). No code goes to new numbers until that share rises"
    )]
    public static partial void ConversionLow(
        this ILogger logger,
        string name,
        int verified,
        int sent
    );

    [LoggerMessage(
        4003,
        LogLevel.Error,
        "Alarm: too many new numbers of one block of 1000 in an hour; no code goes to further ones of it"
    )]
    public static partial void BlockStopped(this ILogger logger);
}

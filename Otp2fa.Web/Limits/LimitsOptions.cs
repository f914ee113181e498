using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Otp2fa.Web.Limits;

/// <summary>
/// Section <c>Limits</c>: how many codes may be asked for and typed. Every window slides: at no moment does any stretch of
/// its length hold more than the number given. The defaults are those of security.md, L4 to L15.
/// </summary>
public sealed class LimitsOptions
{
    public const string Section = "Limits";

    private const int MostSends = 1_000_000;

    /// <summary>Wait after the first unanswered code of an account; 0 to 10 minutes. Default 30 seconds.</summary>
    [Range(
        typeof(TimeSpan),
        "00:00:00",
        "00:10:00",
        ErrorMessage = "Limits:FirstWait must be 0 to 10 minutes (00:00:30)."
    )]
    public TimeSpan FirstWait { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Wait after the second unanswered code in a row; 0 to 30 minutes. Default 1 minute.</summary>
    [Range(
        typeof(TimeSpan),
        "00:00:00",
        "00:30:00",
        ErrorMessage = "Limits:SecondWait must be 0 to 30 minutes (00:01:00)."
    )]
    public TimeSpan SecondWait { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Wait after every further unanswered code in a row; 0 to 2 hours. Default 2 minutes.</summary>
    [Range(
        typeof(TimeSpan),
        "00:00:00",
        "02:00:00",
        ErrorMessage = "Limits:LaterWait must be 0 to 2 hours (00:02:00)."
    )]
    public TimeSpan LaterWait { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Codes per account, and per number, in 10 minutes; 1 to 1000000. Default 5.</summary>
    [Range(1, MostSends, ErrorMessage = "Limits:SendsPer10Minutes must be 1 to 1000000.")]
    public int SendsPer10Minutes { get; set; } = 5;

    /// <summary>Codes per account, and per number, in an hour; 1 to 1000000. Default 7.</summary>
    [Range(1, MostSends, ErrorMessage = "Limits:SendsPerHour must be 1 to 1000000.")]
    public int SendsPerHour { get; set; } = 7;

    /// <summary>
    /// Codes per account, and per number, in 24 hours; 1 to 1000000. Default 10. Infobip's own limit per number should be a
    /// little above.
    /// </summary>
    [Range(1, MostSends, ErrorMessage = "Limits:SendsPerDay must be 1 to 1000000.")]
    public int SendsPerDay { get; set; } = 10;

    /// <summary>
    /// The share of a number's windows that codes to prove it may fill; 0.1 to 1. The rest is there for people who sign in
    /// with it, so that strangers who type somebody's number cannot keep that person out. Default 0.6.
    /// </summary>
    [Range(0.1, 1.0, ErrorMessage = "Limits:UnprovedNumberShare must be 0.1 to 1.")]
    public double UnprovedNumberShare { get; set; } = 0.6;

    /// <summary>Distinct numbers that an account may try to prove in 24 hours; 1 to 1000. Default 3 (L10).</summary>
    [Range(1, 1000, ErrorMessage = "Limits:NewNumbersPerDay must be 1 to 1000.")]
    public int NewNumbersPerDay { get; set; } = 3;

    /// <summary>Accounts that may share one proved number; 1 to 100. Default 3 (L10).</summary>
    [Range(1, 100, ErrorMessage = "Limits:AccountsPerNumber must be 1 to 100.")]
    public int AccountsPerNumber { get; set; } = 3;

    /// <summary>Wrong codes of messages per account in an hour, over all codes and purposes; 1 to 1000. Default 10 (L5).</summary>
    [Range(1, 1000, ErrorMessage = "Limits:GuessesPerHour must be 1 to 1000.")]
    public int GuessesPerHour { get; set; } = 10;

    /// <summary>Wrong codes per account in 24 hours, with codes of 6 digits; 1 to 1000. Default 10 (L5).</summary>
    [Range(1, 1000, ErrorMessage = "Limits:GuessesPerDay must be 1 to 1000.")]
    public int GuessesPerDay { get; set; } = 10;

    /// <summary>Wrong codes per account in 24 hours, with codes of 8 digits; 1 to 1000. Default 20 (L5).</summary>
    [Range(1, 1000, ErrorMessage = "Limits:GuessesPerDayOf8Digits must be 1 to 1000.")]
    public int GuessesPerDayOf8Digits { get; set; } = 20;

    /// <summary>
    /// Wrong codes of the authenticator app per account in an hour; 1 to 1000. Default 5. Fewer than of a message's codes: three
    /// of a million are right at any moment, one of each step that is taken (L5).
    /// </summary>
    [Range(1, 1000, ErrorMessage = "Limits:AppGuessesPerHour must be 1 to 1000.")]
    public int AppGuessesPerHour { get; set; } = 5;

    /// <summary>Wrong codes of the authenticator app per account in 24 hours; 1 to 1000. Default 5 (L5).</summary>
    [Range(1, 1000, ErrorMessage = "Limits:AppGuessesPerDay must be 1 to 1000.")]
    public int AppGuessesPerDay { get; set; } = 5;

    /// <summary>Wrong recovery codes from one client address in an hour, of all accounts; 1 to 10000. Default 20 (L7).</summary>
    [Range(1, 10_000, ErrorMessage = "Limits:RecoveryGuessesPerAddressAndHour must be 1 to 10000.")]
    public int RecoveryGuessesPerAddressAndHour { get; set; } = 20;

    /// <summary>Wrong recovery codes per account in an hour; 1 to 100. Default 5 (L7).</summary>
    [Range(1, 100, ErrorMessage = "Limits:RecoveryGuessesPerHour must be 1 to 100.")]
    public int RecoveryGuessesPerHour { get; set; } = 5;

    /// <summary>Wrong recovery codes per account in 24 hours; 1 to 100. Default 10 (L7).</summary>
    [Range(1, 100, ErrorMessage = "Limits:RecoveryGuessesPerDay must be 1 to 100.")]
    public int RecoveryGuessesPerDay { get; set; } = 10;

    /// <summary>
    /// Links to choose a new password, and as many other mails, that people can cause to one mail address in an hour; as many an
    /// account can cause while it is signed in. 1 to 100. Default 3 (L16).
    /// </summary>
    [Range(1, 100, ErrorMessage = "Limits:MailsPerMailboxAndHour must be 1 to 100.")]
    public int MailsPerMailboxAndHour { get; set; } = 3;

    /// <summary>Accounts registered from one client address in an hour; 1 to 100000. Default 100: offices share one.</summary>
    [Range(1, 100_000, ErrorMessage = "Limits:RegistrationsPerAddressAndHour must be 1 to 100000.")]
    public int RegistrationsPerAddressAndHour { get; set; } = 100;

    /// <summary>Such mails asked for from one client address in an hour; 1 to 10000. Default 10 (L16).</summary>
    [Range(1, 10_000, ErrorMessage = "Limits:MailsPerAddressAndHour must be 1 to 10000.")]
    public int MailsPerAddressAndHour { get; set; } = 10;

    /// <summary>
    /// Wrong passwords in a row after which the next must wait, by name and, apart, by each browser that signed in before; 3 to
    /// 100. Default 5 (L1).
    /// </summary>
    [Range(3, 100, ErrorMessage = "Limits:WrongPasswords must be 3 to 100.")]
    public int WrongPasswords { get; set; } = 5;

    /// <summary>The first such wait; each further wrong password doubles it. 1 second to 24 hours. Default 1 minute (L1).</summary>
    [Range(
        typeof(TimeSpan),
        "00:00:01",
        "1.00:00:00",
        ErrorMessage = "Limits:FirstLock must be 1 second to 24 hours (00:01:00)."
    )]
    public TimeSpan FirstLock { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The longest such wait; 1 second to 24 hours. Default 1 hour (L1).</summary>
    [Range(
        typeof(TimeSpan),
        "00:00:01",
        "1.00:00:00",
        ErrorMessage = "Limits:LongestLock must be 1 second to 24 hours (01:00:00)."
    )]
    public TimeSpan LongestLock { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// Wrong passwords in 24 hours, by name and, apart, by each browser that signed in before; 3 to 1000. Default 50 (L1).
    /// </summary>
    [Range(3, 1000, ErrorMessage = "Limits:WrongPasswordsPerDay must be 3 to 1000.")]
    public int WrongPasswordsPerDay { get; set; } = 50;

    /// <summary>Wrong passwords from one client address in a minute, for all names; 1 to 10000. Default 20 (L2).</summary>
    [Range(
        1,
        10_000,
        ErrorMessage = "Limits:WrongPasswordsPerAddressAndMinute must be 1 to 10000."
    )]
    public int WrongPasswordsPerAddressAndMinute { get; set; } = 20;

    /// <summary>The same in an hour; 1 to 10000. Default 100 (L2).</summary>
    [Range(1, 10_000, ErrorMessage = "Limits:WrongPasswordsPerAddressAndHour must be 1 to 10000.")]
    public int WrongPasswordsPerAddressAndHour { get; set; } = 100;

    /// <summary>Wrong passwords from one network (IPv4 /24, IPv6 /48) in an hour; 1 to 10000. Default 300 (L2).</summary>
    [Range(1, 10_000, ErrorMessage = "Limits:WrongPasswordsPerNetworkAndHour must be 1 to 10000.")]
    public int WrongPasswordsPerNetworkAndHour { get; set; } = 300;

    /// <summary>
    /// Password hashes that an instance computes at once; 0 to 1000, 0 stands for two for each processor. Default 0 (L3).
    /// </summary>
    [Range(0, 1000, ErrorMessage = "Limits:PasswordHashesAtOnce must be 0 to 1000.")]
    public int PasswordHashesAtOnce { get; set; }

    /// <summary>
    /// Requests that may wait for such a turn; all beyond are answered with 503 at once. 0 to 10000. Default 16 (L3).
    /// </summary>
    [Range(0, 10_000, ErrorMessage = "Limits:PasswordHashesWaiting must be 0 to 10000.")]
    public int PasswordHashesWaiting { get; set; } = 16;

    /// <summary>Least time between two typed codes of an account; 0 to 10 seconds. Default 1 second (L6).</summary>
    [Range(
        typeof(TimeSpan),
        "00:00:00",
        "00:00:10",
        ErrorMessage = "Limits:GuessSpacing must be 0 to 10 seconds (00:00:01)."
    )]
    public TimeSpan GuessSpacing { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Wrong codes in a row that switch codes off for an account until a number is bound again; 5 to 100 (the most that NIST
    /// SP 800-63B-4 3.2.2 allows). Default 50.
    /// </summary>
    [Range(5, 100, ErrorMessage = "Limits:WrongCodesInARow must be 5 to 100.")]
    public int WrongCodesInARow { get; set; } = 50;

    /// <summary>
    /// Distinct unproved numbers that share all but their last three digits, in an hour; 1 to 1000. Default 10 (L12). Proved
    /// numbers are not counted: the telephones of one company lie in one block.
    /// </summary>
    [Range(1, 1000, ErrorMessage = "Limits:NewNumbersPerBlockAndHour must be 1 to 1000.")]
    public int NewNumbersPerBlockAndHour { get; set; } = 10;

    /// <summary>Codes to unproved numbers asked for from one client address in an hour; 1 to 100000. Default 10 (L11).</summary>
    [Range(
        1,
        100_000,
        ErrorMessage = "Limits:NewNumberSendsPerAddressAndHour must be 1 to 100000."
    )]
    public int NewNumberSendsPerAddressAndHour { get; set; } = 10;

    /// <summary>
    /// Codes to proved numbers asked for from one network (IPv4 /24, IPv6 /48) in an hour; 1 to 1000000. Default 300 (L11).
    /// </summary>
    [Range(1, MostSends, ErrorMessage = "Limits:SendsPerNetworkAndHour must be 1 to 1000000.")]
    public int SendsPerNetworkAndHour { get; set; } = 300;

    /// <summary>
    /// Forms from one client address in a minute, of an instance; 1 to 1000000. Default 600 (L18).
    /// </summary>
    [Range(1, 1_000_000, ErrorMessage = "Limits:FormsPerAddressAndMinute must be 1 to 1000000.")]
    public int FormsPerAddressAndMinute { get; set; } = 600;

    /// <summary>Forms in one session in a minute, of an instance; 1 to 1000000. Default 60 (L18).</summary>
    [Range(1, 1_000_000, ErrorMessage = "Limits:FormsPerSessionAndMinute must be 1 to 1000000.")]
    public int FormsPerSessionAndMinute { get; set; } = 60;

    /// <summary>Pages from one client address in a minute, of an instance; 1 to 1000000. Default 1200 (L18).</summary>
    [Range(1, 1_000_000, ErrorMessage = "Limits:PagesPerAddressAndMinute must be 1 to 1000000.")]
    public int PagesPerAddressAndMinute { get; set; } = 1_200;

    /// <summary>Size of a form; 4096 to 1048576 bytes. Default 32768 (L19).</summary>
    [Range(4096, 1_048_576, ErrorMessage = "Limits:FormBytes must be 4096 to 1048576.")]
    public int FormBytes { get; set; } = 32 * 1024;

    /// <summary>Fields of a form; 16 to 1024. Default 64 (L19).</summary>
    [Range(16, 1024, ErrorMessage = "Limits:FormFields must be 16 to 1024.")]
    public int FormFields { get; set; } = 64;

    /// <summary>Length of a field; 1024 to 65536 characters. Default 4096 (L19).</summary>
    [Range(1024, 65_536, ErrorMessage = "Limits:FormFieldLength must be 1024 to 65536.")]
    public int FormFieldLength { get; set; } = 4096;

    /// <summary>Size of all headers of a request; 8192 to 131072 bytes. Default 32768 (L19).</summary>
    [Range(8192, 131_072, ErrorMessage = "Limits:HeaderBytes must be 8192 to 131072.")]
    public int HeaderBytes { get; set; } = 32 * 1024;

    /// <summary>How long a request may take to bring its headers; 1 to 60 seconds. Default 10 seconds (L19).</summary>
    [Range(
        typeof(TimeSpan),
        "00:00:01",
        "00:01:00",
        ErrorMessage = "Limits:HeaderTime must be 1 to 60 seconds (00:00:10)."
    )]
    public TimeSpan HeaderTime { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Codes of the whole site in a minute; 1 to 1000000. Default 120 (L14).</summary>
    [Range(1, MostSends, ErrorMessage = "Limits:SiteSendsPerMinute must be 1 to 1000000.")]
    public int SiteSendsPerMinute { get; set; } = 120;

    /// <summary>Codes of the whole site in an hour; 1 to 1000000. Default 2000 (L14).</summary>
    [Range(1, MostSends, ErrorMessage = "Limits:SiteSendsPerHour must be 1 to 1000000.")]
    public int SiteSendsPerHour { get; set; } = 2_000;

    /// <summary>Codes of the whole site in 24 hours; 1 to 1000000. Default 10000 (L14), Infobip's own for an application.</summary>
    [Range(1, MostSends, ErrorMessage = "Limits:SiteSendsPerDay must be 1 to 1000000.")]
    public int SiteSendsPerDay { get; set; } = 10_000;

    /// <summary>Codes in 24 hours by country (ISO 3166-1 alpha-2); a country that is not named has no limit of its own (L13).</summary>
    public IDictionary<string, int> CountrySendsPerDay { get; } =
        new Dictionary<string, int>(StringComparer.Ordinal);

    /// <summary>
    /// What all codes of 24 hours may cost, in the currency of <see cref="Prices"/>; above 0. Default none: money is not
    /// watched.
    /// </summary>
    [Range(0.01, 1_000_000, ErrorMessage = "Limits:MoneyPerDay must be 0.01 to 1000000.")]
    public decimal? MoneyPerDay { get; set; }

    /// <summary>Price of one code by country (ISO 3166-1 alpha-2).</summary>
    public IDictionary<string, decimal> Prices { get; } =
        new Dictionary<string, decimal>(StringComparer.Ordinal);

    /// <summary>Price of one code to a country that <see cref="Prices"/> does not name; 0 to 100. Default 0.1.</summary>
    [Range(0.0, 100.0, ErrorMessage = "Limits:OtherPrice must be 0 to 100.")]
    public decimal OtherPrice { get; set; } = 0.1m;

    /// <summary>The share of a limit of the site at which an alarm is raised; 0.1 to 1. Default 0.5.</summary>
    [Range(0.1, 1.0, ErrorMessage = "Limits:AlarmShare must be 0.1 to 1.")]
    public double AlarmShare { get; set; } = 0.5;

    /// <summary>
    /// The share of a limit of the site at which no code goes to an unproved number any more, so that the rest is there for
    /// people who sign in; 0.1 to 1. Default 0.7.
    /// </summary>
    [Range(0.1, 1.0, ErrorMessage = "Limits:EnrolmentShare must be 0.1 to 1.")]
    public double EnrolmentShare { get; set; } = 0.7;

    /// <summary>
    /// Below this share of codes that were typed back within an hour, no code goes to an unproved number; 0 to 1, 0 switches
    /// the watch off. Default 0.3 (L15).
    /// </summary>
    [Range(0.0, 1.0, ErrorMessage = "Limits:ConversionFloor must be 0 to 1.")]
    public double ConversionFloor { get; set; } = 0.3;

    /// <summary>Fewer codes than these in the hour say nothing about their share; 5 to 100000. Default 50 (L15).</summary>
    [Range(5, 100_000, ErrorMessage = "Limits:ConversionSends must be 5 to 100000.")]
    public int ConversionSends { get; set; } = 50;

    /// <returns>What one code to a country costs, in millionths of the currency.</returns>
    internal long CostOf(string country) =>
        (long)((Prices.TryGetValue(country, out var price) ? price : OtherPrice) * 1_000_000);
}

internal sealed class LimitsOptionsValidator : IValidateOptions<LimitsOptions>
{
    public ValidateOptionsResult Validate(string? name, LimitsOptions options)
    {
        List<string> failures = [];
        if (options.FirstWait > options.SecondWait || options.SecondWait > options.LaterWait)
        {
            failures.Add(
                "Limits:FirstWait, Limits:SecondWait and Limits:LaterWait must not become shorter in this order."
            );
        }

        Ascending(
            "Limits:SendsPer10Minutes, Limits:SendsPerHour and Limits:SendsPerDay",
            options.SendsPer10Minutes,
            options.SendsPerHour,
            options.SendsPerDay
        );
        Ascending(
            "Limits:SiteSendsPerMinute, Limits:SiteSendsPerHour and Limits:SiteSendsPerDay",
            options.SiteSendsPerMinute,
            options.SiteSendsPerHour,
            options.SiteSendsPerDay
        );
        Ascending(
            "Limits:GuessesPerHour, Limits:GuessesPerDay and Limits:GuessesPerDayOf8Digits",
            options.GuessesPerHour,
            options.GuessesPerDay,
            options.GuessesPerDayOf8Digits
        );
        if (options.FirstLock > options.LongestLock)
        {
            failures.Add("Limits:FirstLock must not be longer than Limits:LongestLock.");
        }

        Ascending(
            "Limits:WrongPasswordsPerAddressAndMinute, Limits:WrongPasswordsPerAddressAndHour and Limits:WrongPasswordsPerNetworkAndHour",
            options.WrongPasswordsPerAddressAndMinute,
            options.WrongPasswordsPerAddressAndHour,
            options.WrongPasswordsPerNetworkAndHour
        );
        if (options.AppGuessesPerHour > options.AppGuessesPerDay)
        {
            failures.Add("Limits:AppGuessesPerHour must not be more than Limits:AppGuessesPerDay.");
        }

        if (options.RecoveryGuessesPerHour > options.RecoveryGuessesPerDay)
        {
            failures.Add(
                "Limits:RecoveryGuessesPerHour must not be more than Limits:RecoveryGuessesPerDay."
            );
        }

        if (options.Prices.Any(price => !IsCountry(price.Key) || price.Value is < 0 or > 100))
        {
            failures.Add(
                "Limits:Prices must name countries by two capitals, such as Limits:Prices:GB, each with a price of 0 to 100."
            );
        }

        if (options.CountrySendsPerDay.Any(most => !IsCountry(most.Key) || most.Value < 0))
        {
            failures.Add(
                "Limits:CountrySendsPerDay must name countries by two capitals, such as Limits:CountrySendsPerDay:GB, each with a number from 0 on."
            );
        }

        return failures.Count == 0
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(failures);

        void Ascending(string names, int shorter, int middle, int longer)
        {
            if (shorter > middle || middle > longer)
            {
                failures.Add($"{names} must not become smaller in this order.");
            }
        }
    }

    private static bool IsCountry(string text) =>
        text.Length == 2 && text.All(char.IsAsciiLetterUpper);
}

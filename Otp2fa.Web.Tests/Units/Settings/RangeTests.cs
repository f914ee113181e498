using Otp2fa.Web.Accounts;
using Otp2fa.Web.Infobip;
using Otp2fa.Web.Limits;
using Otp2fa.Web.TwoFactor;

namespace Otp2fa.Web.Tests.Units.Settings;

/// <summary>Numbers and lengths of time: both ends are taken, one step beyond is refused with its sentence.</summary>
public sealed class RangeTests
{
    private const string PinLength = "TwoFactor:PinLength must be 6 or 8.";
    private const string ChallengeLifetime =
        "TwoFactor:ChallengeLifetime must be 1 to 10 minutes (00:05:00).";
    private const string MaxAttempts = "TwoFactor:MaxAttempts must be 1 to 10.";
    private const string PendingLifetime =
        "TwoFactor:PendingLifetime must be 5 to 15 minutes (00:15:00).";
    private const string Iterations = "Accounts:PasswordIterations must be 1 to 10000000.";
    private const string SessionLifetime =
        "Accounts:SessionLifetime must be 5 minutes to 24 hours (1.00:00:00).";
    private const string StepUpLifetime =
        "Accounts:StepUpLifetime must be 1 to 15 minutes (00:05:00).";

    [Theory]
    [InlineData("TwoFactor:PinLength=6")]
    [InlineData("TwoFactor:PinLength=8")]
    [InlineData("TwoFactor:ChallengeLifetime=00:01:00")]
    [InlineData("TwoFactor:ChallengeLifetime=00:10:00")]
    [InlineData("TwoFactor:MaxSends=1")]
    [InlineData("TwoFactor:MaxSends=5")]
    [InlineData("TwoFactor:MaxAttempts=1")]
    [InlineData("TwoFactor:MaxAttempts=10")]
    [InlineData("TwoFactor:PendingLifetime=00:05:00")]
    [InlineData("TwoFactor:PendingLifetime=00:15:00")]
    public void The_ends_of_the_second_factors_ranges_are_taken(string setting)
    {
        Assert.Empty(Validation.Of<TwoFactorOptions>("Production", setting));
    }

    [Theory]
    [InlineData("Outage:FailureRatio=0.05")]
    [InlineData("Outage:FailureRatio=1")]
    [InlineData("Outage:MinimumCalls=2")]
    [InlineData("Outage:MinimumCalls=1000")]
    [InlineData("Outage:Window=00:00:01")]
    [InlineData("Outage:Window=00:10:00")]
    [InlineData("Outage:Pause=00:00:01")]
    [InlineData("Outage:Pause=00:10:00")]
    [InlineData("Outage:SlowCall=00:00:00.1")]
    [InlineData("Outage:SlowCall=00:00:30")]
    [InlineData("Outage:MaxConcurrentCalls=1")]
    [InlineData("Outage:MaxConcurrentCalls=1000")]
    [InlineData("Outage:MaxWaitingCalls=0")]
    [InlineData("Outage:MaxWaitingCalls=1000")]
    [InlineData("Outage:LongestWait=00:00:00.01")]
    [InlineData("Outage:LongestWait=00:00:10")]
    public void The_ends_of_the_ranges_of_an_outage_are_taken(string setting)
    {
        Assert.Empty(Validation.Of<OutageOptions>("Production", setting));
    }

    [Theory]
    [InlineData("Outage:FailureRatio=0.0499", "Outage:FailureRatio must be 0.05 to 1.")]
    [InlineData("Outage:FailureRatio=1.01", "Outage:FailureRatio must be 0.05 to 1.")]
    [InlineData("Outage:MinimumCalls=1", "Outage:MinimumCalls must be 2 to 1000.")]
    [InlineData("Outage:MinimumCalls=1001", "Outage:MinimumCalls must be 2 to 1000.")]
    [InlineData(
        "Outage:Window=00:00:00.9",
        "Outage:Window must be 1 second to 10 minutes (00:00:30)."
    )]
    [InlineData(
        "Outage:Window=00:10:01",
        "Outage:Window must be 1 second to 10 minutes (00:00:30)."
    )]
    [InlineData(
        "Outage:Pause=00:00:00.9",
        "Outage:Pause must be 1 second to 10 minutes (00:00:30)."
    )]
    [InlineData("Outage:Pause=00:10:01", "Outage:Pause must be 1 second to 10 minutes (00:00:30).")]
    [InlineData(
        "Outage:SlowCall=00:00:00.09",
        "Outage:SlowCall must be 0.1 to 30 seconds (00:00:04)."
    )]
    [InlineData(
        "Outage:SlowCall=00:00:31",
        "Outage:SlowCall must be 0.1 to 30 seconds (00:00:04)."
    )]
    [InlineData("Outage:MaxConcurrentCalls=0", "Outage:MaxConcurrentCalls must be 1 to 1000.")]
    [InlineData("Outage:MaxConcurrentCalls=1001", "Outage:MaxConcurrentCalls must be 1 to 1000.")]
    [InlineData("Outage:MaxWaitingCalls=-1", "Outage:MaxWaitingCalls must be 0 to 1000.")]
    [InlineData("Outage:MaxWaitingCalls=1001", "Outage:MaxWaitingCalls must be 0 to 1000.")]
    [InlineData(
        "Outage:LongestWait=00:00:00.009",
        "Outage:LongestWait must be 0.01 to 10 seconds (00:00:01)."
    )]
    [InlineData(
        "Outage:LongestWait=00:00:10.001",
        "Outage:LongestWait must be 0.01 to 10 seconds (00:00:01)."
    )]
    public void One_step_beyond_the_ranges_of_an_outage_is_refused(string setting, string sentence)
    {
        Assert.Equal([sentence], Validation.Of<OutageOptions>("Production", setting));
    }

    [Theory]
    [InlineData("TwoFactor:PinLength=5", PinLength)]
    [InlineData("TwoFactor:PinLength=7", PinLength)]
    [InlineData("TwoFactor:PinLength=9", PinLength)]
    [InlineData("TwoFactor:PinLength=0", PinLength)]
    [InlineData("TwoFactor:PinLength=-6", PinLength)]
    [InlineData("TwoFactor:ChallengeLifetime=00:00:59.9999999", ChallengeLifetime)]
    [InlineData("TwoFactor:ChallengeLifetime=00:10:00.0000001", ChallengeLifetime)]
    [InlineData("TwoFactor:ChallengeLifetime=00:00:00", ChallengeLifetime)]
    [InlineData("TwoFactor:ChallengeLifetime=-00:05:00", ChallengeLifetime)]
    [InlineData("TwoFactor:MaxSends=0", "TwoFactor:MaxSends must be 1 to 5.")]
    [InlineData("TwoFactor:MaxSends=6", "TwoFactor:MaxSends must be 1 to 5.")]
    [InlineData("TwoFactor:MaxAttempts=0", MaxAttempts)]
    [InlineData("TwoFactor:MaxAttempts=11", MaxAttempts)]
    [InlineData("TwoFactor:MaxAttempts=-1", MaxAttempts)]
    [InlineData("TwoFactor:PendingLifetime=00:15:00.0000001", PendingLifetime)]
    public void Beyond_the_second_factors_ranges_the_sentence_names_setting_and_range(
        string setting,
        string sentence
    )
    {
        Assert.Equal([sentence], Validation.Of<TwoFactorOptions>("Development", setting));
    }

    [Fact]
    public void A_pending_step_of_under_5_minutes_is_refused()
    {
        Assert.Equal(
            [PendingLifetime],
            Validation.Of<TwoFactorOptions>(
                "Production",
                "TwoFactor:PendingLifetime=00:04:59.9999999",
                "TwoFactor:ChallengeLifetime=00:01:00"
            )
        );
    }

    [Theory]
    [InlineData("00:05:00", true)]
    [InlineData("00:05:00.0000001", false)]
    public void A_code_may_live_as_long_as_its_pending_step_and_no_longer(string life, bool taken)
    {
        var failures = Validation.Of<TwoFactorOptions>(
            "Production",
            "TwoFactor:PendingLifetime=00:05:00",
            $"TwoFactor:ChallengeLifetime={life}"
        );

        Assert.Equal(
            taken
                ? []
                :
                [
                    "TwoFactor:ChallengeLifetime must not be longer than TwoFactor:PendingLifetime: a code must not outlive the step it belongs to.",
                ],
            failures
        );
    }

    [Theory]
    [InlineData("Accounts:PasswordIterations=210000")]
    [InlineData("Accounts:PasswordIterations=10000000")]
    [InlineData("Accounts:SessionLifetime=00:05:00")]
    [InlineData("Accounts:SessionLifetime=1.00:00:00")]
    [InlineData("Accounts:StepUpLifetime=00:01:00")]
    [InlineData("Accounts:StepUpLifetime=00:15:00")]
    [InlineData("Accounts:SessionIdle=00:05:00")]
    [InlineData("Accounts:SessionIdle=1.00:00:00")]
    public void The_ends_of_the_accounts_ranges_are_taken(string setting)
    {
        Assert.Empty(Validation.Of<AccountsOptions>("Production", setting));
    }

    [Theory]
    [InlineData("Accounts:PasswordIterations=0", Iterations)]
    [InlineData("Accounts:PasswordIterations=-1", Iterations)]
    [InlineData("Accounts:PasswordIterations=10000001", Iterations)]
    [InlineData("Accounts:SessionLifetime=00:04:59.9999999", SessionLifetime)]
    [InlineData("Accounts:SessionLifetime=1.00:00:00.0000001", SessionLifetime)]
    [InlineData("Accounts:StepUpLifetime=00:00:59.9999999", StepUpLifetime)]
    [InlineData("Accounts:StepUpLifetime=00:15:00.0000001", StepUpLifetime)]
    [InlineData(
        "Accounts:SessionIdle=00:04:59",
        "Accounts:SessionIdle must be 5 minutes to 24 hours (01:00:00)."
    )]
    [InlineData(
        "Accounts:SessionIdle=1.00:00:01",
        "Accounts:SessionIdle must be 5 minutes to 24 hours (01:00:00)."
    )]
    public void Beyond_the_accounts_ranges_the_sentence_names_setting_and_range(
        string setting,
        string sentence
    )
    {
        Assert.Equal([sentence], Validation.Of<AccountsOptions>("Development", setting));
    }

    [Theory]
    [InlineData("Limits:WrongPasswords", "3", "100", "2", "101")]
    [InlineData("Limits:FirstLock", "00:00:01", "01:00:00", "00:00:00.9", "1.00:00:01")]
    [InlineData("Limits:LongestLock", "00:01:00", "1.00:00:00", "00:00:00.9", "1.00:00:01")]
    [InlineData("Limits:WrongPasswordsPerDay", "3", "1000", "2", "1001")]
    [InlineData("Limits:WrongPasswordsPerAddressAndMinute", "1", "100", "0", "10001")]
    [InlineData("Limits:WrongPasswordsPerAddressAndHour", "20", "300", "0", "10001")]
    [InlineData("Limits:WrongPasswordsPerNetworkAndHour", "100", "10000", "0", "10001")]
    [InlineData("Limits:PasswordHashesAtOnce", "0", "1000", "-1", "1001")]
    [InlineData("Limits:PasswordHashesWaiting", "0", "10000", "-1", "10001")]
    public void The_limits_of_passwords_have_ranges(
        string setting,
        string least,
        string most,
        string below,
        string above
    )
    {
        Assert.Empty(Validation.Of<LimitsOptions>("Production", $"{setting}={least}"));
        Assert.Empty(Validation.Of<LimitsOptions>("Production", $"{setting}={most}"));
        foreach (var beyond in (string[])[below, above])
        {
            Assert.StartsWith(
                $"{setting} must be ",
                Validation.Of<LimitsOptions>("Production", $"{setting}={beyond}")[0],
                StringComparison.Ordinal
            );
        }
    }

    [Theory]
    [InlineData("Development", 1, true)]
    [InlineData("Development", 209_999, true)]
    [InlineData("Staging", 209_999, false)]
    [InlineData("Production", 209_999, false)]
    [InlineData("Production", 210_000, true)]
    public void Quick_password_hashes_are_for_Development_alone(
        string environment,
        int iterations,
        bool taken
    )
    {
        var failures = Validation.Of<AccountsOptions>(
            environment,
            $"Accounts:PasswordIterations={iterations}"
        );

        Assert.Equal(
            taken
                ? []
                : ["Accounts:PasswordIterations below 210000 is for development and tests only."],
            failures
        );
    }

    [Fact]
    public void Everything_wrong_is_said_at_once()
    {
        Assert.Equal(
            [PinLength, MaxAttempts],
            Validation
                .Of<TwoFactorOptions>(
                    "Production",
                    "TwoFactor:PinLength=7",
                    "TwoFactor:MaxAttempts=0"
                )
                .Order(StringComparer.Ordinal)
                .Reverse()
        );
    }
}

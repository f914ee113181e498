using System.Net;
using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using Otp2fa.InfobipSimulator.Api;
using Otp2fa.Web.Data;
using Otp2fa.Web.Tests.Site;
using Otp2fa.Web.Tests.Support;

namespace Otp2fa.Web.Tests.Scenarios;

/// <summary>What came of a call that met a fault.</summary>
/// <param name="Page">What the person was shown.</param>
/// <param name="Calls">Requests of the site that arrived anywhere meanwhile.</param>
/// <param name="Outcomes">What the site took them for, as it counts them.</param>
/// <param name="Failures">What it added to any counter of failures that the account has.</param>
internal sealed record FaultMet(
    HtmlPage Page,
    int Calls,
    IReadOnlyList<string> Outcomes,
    int Failures
);

/// <summary>One site for all rows; each row has a day of its own, so that none meets another's limits.</summary>
public sealed class FaultMatrixSite : IAsyncLifetime
{
    private TestSite site = null!;

    internal Person Person { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        // Every row asks: the circuit has tests of its own.
        site = await TestSite.StartAsync(("Outage:MinimumCalls", "1000"));
        Person = await site.PersonWithTwoFactorAsync();
    }

    public async Task DisposeAsync() => await site.DisposeAsync();

    internal TestSite NextDay()
    {
        site.Infobip.Faults.Clear();
        site.Clock.Advance(TimeSpan.FromDays(1));
        return site;
    }

    /// <summary>What the answer about the newest code would say.</summary>
    internal RightAnswer RightAnswer() =>
        new(site.Infobip.Calls.Of(InfobipOperation.SendPin)[^1].PinId!, Person.Digits);

    /// <summary>Does something whose call to <paramref name="operation"/> meets the fault of the row.</summary>
    internal async Task<FaultMet> MeetAsync(
        FaultRow row,
        InfobipOperation operation,
        RightAnswer right,
        Func<Task<HtmlPage>> act
    )
    {
        using var telemetry = site.Measure();
        await using var another = row.Instead is { } script
            ? new ScriptedUpstream(script(right))
            : null;
        using var nobody = PortThatRefuses();
        if (row.Fault is { } fault)
        {
            site.Infobip.Faults.ForNext(operation, fault(right));
        }

        var calls = site.Infobip.Calls.All.Count;
        var failures = await CountFailuresAsync();
        var page = await site.WithInfobipAsync(
            options =>
            {
                if (row.Fault is null)
                {
                    options.BaseUrl = (another?.Address ?? AddressOf(nobody)).ToString();
                }

                if (row.IsEndless)
                {
                    options.Timeout = TimeSpan.FromSeconds(1);
                }
            },
            // A time-out that does not work would hold the run up for ever.
            () => act().WaitAsync(TimeSpan.FromMinutes(1))
        );
        return new FaultMet(
            page,
            site.Infobip.Calls.All.Count - calls + (another?.Requests.Count ?? 0),
            [
                .. telemetry
                    .Lines.Where(line =>
                        line.StartsWith("metric otp2fa.pin.", StringComparison.Ordinal)
                        && line.Contains("outcome=", StringComparison.Ordinal)
                    )
                    .Select(line => line.Split("outcome=")[1]),
            ],
            await CountFailuresAsync() - failures
        );
    }

    /// <summary>Everything that is counted against an account: passwords, wrong codes in a row, guesses of its budget.</summary>
    private async Task<int> CountFailuresAsync() =>
        await site.PasswordFailuresAsync()
        + await site.InDatabaseAsync(db => db.Users.SumAsync(u => u.WrongCodesInARow))
        + await site.InDatabaseAsync(db =>
            db.LimitUses.CountAsync(u => u.Rule == LimitRule.AccountGuesses && !u.IsReturned)
        );

    // Bound and not listened to: nobody else can take the port meanwhile.
    private static Socket PortThatRefuses()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }

    private static Uri AddressOf(Socket socket) =>
        new($"http://127.0.0.1:{((IPEndPoint)socket.LocalEndPoint!).Port}");
}

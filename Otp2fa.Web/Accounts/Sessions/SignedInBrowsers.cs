using Otp2fa.Web.Data;

namespace Otp2fa.Web.Accounts.Sessions;

/// <param name="Id">Names it in a form; worth nothing without the account it belongs to.</param>
/// <param name="Browser">What it calls itself.</param>
/// <param name="StartedUtc">When the sign-in was.</param>
/// <param name="LastSeenUtc">The last request, to the minute.</param>
/// <param name="IsThis">It is the one that asks.</param>
public sealed record SignedInBrowser(
    long Id,
    string Browser,
    DateTimeOffset StartedUtc,
    DateTimeOffset LastSeenUtc,
    bool IsThis
);

/// <summary>Where a person is signed in, and how to end it (ASVS 7.4.3, 7.5.2).</summary>
internal sealed class SignedInBrowsers(SessionStore sessions, CurrentSession current)
{
    public async Task<IReadOnlyList<SignedInBrowser>> ListAsync(
        ApplicationUser user,
        CancellationToken cancellationToken
    ) =>
        [
            .. (await sessions.ListAsync(user.Id, cancellationToken)).Select(
                session => new SignedInBrowser(
                    session.Id,
                    session.Browser,
                    session.CreatedUtc,
                    session.LastSeenUtc,
                    session.Id == current.Row?.Id
                )
            ),
        ];

    /// <summary>Ends one of the person's own; whatever else the id may name stays.</summary>
    /// <returns>False if there is none, any more.</returns>
    public async Task<bool> EndAsync(ApplicationUser user, long id) =>
        await sessions.EndAsync(user.Id, id) > 0;

    /// <returns>How many ended.</returns>
    public async Task<int> EndOthersAsync() =>
        current.Row is { } row ? await sessions.EndOthersAsync(row) : 0;
}

using Microsoft.Extensions.Options;
using Otp2fa.Web.Data;

namespace Otp2fa.Web.Accounts.Sessions;

/// <summary>The session this request came with, as read when its cookie was checked; empty for an anonymous request.</summary>
internal sealed class CurrentSession(TimeProvider time, IOptions<AccountsOptions> options)
{
    internal UserSession? Row { get; set; }

    /// <summary>The account must turn two-factor authentication on before the person can do anything else.</summary>
    public bool MustEnrol { get; internal set; }

    /// <summary>A second factor was given in this session so recently that a sensitive change needs no new code.</summary>
    public bool HasFreshFactor => IsFresh(Row?.FactorUtc);

    /// <summary>The password was typed again in this session recently; the sign-in itself does not count.</summary>
    public bool HasFreshPassword => IsFresh(Row?.PasswordUtc);

    /// <summary>The password was typed recently, at the sign-in itself or again since.</summary>
    public bool HasRecentPassword => IsFresh(Row?.PasswordUtc ?? Row?.CreatedUtc);

    private bool IsFresh(DateTimeOffset? given) =>
        given is { } at && time.GetUtcNow() - at < options.Value.StepUpLifetime;
}

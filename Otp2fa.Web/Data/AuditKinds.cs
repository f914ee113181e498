namespace Otp2fa.Web.Data;

/// <summary>
/// How the audit log calls what happened: names of the OWASP Logging Vocabulary where it has one, in its manner where it has
/// none (<c>authn_step_up</c>, <c>csrf</c>).
/// </summary>
public static class AuditKinds
{
    private const string Success = "success";
    private const string Failure = "failure";
    private const string Refused = "refused";

    public static (string Name, string Outcome) Describe(AuditKind kind) =>
        kind switch
        {
            AuditKind.SignedIn => ("authn_login_success", Success),
            AuditKind.PasswordAccepted => ("authn_login_first_factor", Success),
            AuditKind.WrongPassword or AuditKind.WrongCode => ("authn_login_fail", Failure),
            AuditKind.AccountLocked => ("authn_login_lock", Failure),
            AuditKind.PasswordNotChecked => ("authn_login_fail_max", Refused),
            AuditKind.SteppedUp => ("authn_step_up", Success),
            AuditKind.SignedOut => ("session_end", Success),
            AuditKind.SessionRefused => ("session_use_after_expire", Refused),
            AuditKind.CodeSent or AuditKind.RecoveryCodesMade or AuditKind.BrowserRemembered => (
                "authn_token_created",
                Success
            ),
            AuditKind.RecoveryCodeUsed => ("authn_token_delete", Success),
            AuditKind.BrowsersForgotten or AuditKind.SessionsEnded or AuditKind.ReportedAsForeign =>
                ("authn_token_revoked", Success),
            AuditKind.CodeReused => ("authn_token_reuse", Refused),
            AuditKind.CodeNotSent or AuditKind.RequestRefused => (
                "excess_rate_limit_exceeded",
                Refused
            ),
            AuditKind.CrossSiteForm or AuditKind.StaleForm => ("csrf", Refused),
            AuditKind.Registered => ("user_created", Success),
            AuditKind.AccountDeleted => ("user_deleted", Success),
            AuditKind.PasswordChanged or AuditKind.PasswordReset => (
                "authn_password_change",
                Success
            ),
            AuditKind.EmailChanged
            or AuditKind.NumberProved
            or AuditKind.NumberRemoved
            or AuditKind.AppAdded
            or AuditKind.AppRemoved
            or AuditKind.TwoFactorTurnedOn
            or AuditKind.TwoFactorTurnedOff => ("user_updated", Success),
            AuditKind.OperatorReset
            or AuditKind.OperatorUnlocked
            or AuditKind.OperatorEndedSessions => ("authz_admin", Success),
            AuditKind.Started => ("sys_startup", Success),
            AuditKind.Stopped => ("sys_shutdown", Success),
        };

    /// <summary>What an entry of a person's history is called here.</summary>
    public static AuditKind Of(SecurityEventKind kind) =>
        kind switch
        {
            SecurityEventKind.SignedIn => AuditKind.SignedIn,
            SecurityEventKind.WrongPassword => AuditKind.WrongPassword,
            SecurityEventKind.WrongCode => AuditKind.WrongCode,
            SecurityEventKind.CodeSent => AuditKind.CodeSent,
            SecurityEventKind.SteppedUp => AuditKind.SteppedUp,
            SecurityEventKind.TwoFactorTurnedOn => AuditKind.TwoFactorTurnedOn,
            SecurityEventKind.TwoFactorTurnedOff => AuditKind.TwoFactorTurnedOff,
            SecurityEventKind.NumberProved => AuditKind.NumberProved,
            SecurityEventKind.NumberRemoved => AuditKind.NumberRemoved,
            SecurityEventKind.AppAdded => AuditKind.AppAdded,
            SecurityEventKind.AppRemoved => AuditKind.AppRemoved,
            SecurityEventKind.RecoveryCodesMade => AuditKind.RecoveryCodesMade,
            SecurityEventKind.BrowserRemembered => AuditKind.BrowserRemembered,
            SecurityEventKind.BrowsersForgotten => AuditKind.BrowsersForgotten,
            SecurityEventKind.SessionsEnded => AuditKind.SessionsEnded,
            SecurityEventKind.PasswordChanged => AuditKind.PasswordChanged,
            SecurityEventKind.OperatorReset => AuditKind.OperatorReset,
            SecurityEventKind.OperatorUnlocked => AuditKind.OperatorUnlocked,
            SecurityEventKind.OperatorEndedSessions => AuditKind.OperatorEndedSessions,
            SecurityEventKind.PasswordAccepted => AuditKind.PasswordAccepted,
            SecurityEventKind.RecoveryCodeUsed => AuditKind.RecoveryCodeUsed,
            SecurityEventKind.AccountLocked => AuditKind.AccountLocked,
            SecurityEventKind.EmailChanged => AuditKind.EmailChanged,
            SecurityEventKind.PasswordReset => AuditKind.PasswordReset,
            SecurityEventKind.ReportedAsForeign => AuditKind.ReportedAsForeign,
        };
}

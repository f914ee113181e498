namespace Otp2fa.Web.Data;

/// <summary>
/// What a PIN was asked for. A PIN sent for one purpose never serves another: Infobip's verify call knows only the
/// pinId, so the purpose is part of every conditional UPDATE here (threat T04).
/// </summary>
/// <remarks>Stored as a number: never reuse or reorder.</remarks>
public enum ChallengePurpose
{
    SignIn = 1,
    VerifyNumber = 2,
    StepUp = 3,
}

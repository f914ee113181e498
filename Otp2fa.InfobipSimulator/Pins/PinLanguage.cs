namespace Otp2fa.InfobipSimulator.Pins;

/// <summary>The languages a call can be read in; on the wire in lower case with an underscore before the country.</summary>
public enum PinLanguage
{
    En,
    Es,
    Ca,
    Da,
    Nl,
    Fr,
    De,
    It,
    Ja,
    Ko,
    No,
    Pl,
    Ru,
    Sv,
    Fi,
    Hr,
    Sl,
    Ro,
    PtPt,
    PtBr,
    ZhCn,
    ZhTw,
}

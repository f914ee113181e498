using Otp2fa.InfobipSimulator.Phone;
using Otp2fa.InfobipSimulator.Pins;

namespace Otp2fa.InfobipSimulator.Api;

/// <summary>What the simulated account holds and what its operations share.</summary>
internal sealed record Account(
    ApplicationStore Applications,
    PinStore Pins,
    RequestLimits Limits,
    PhoneInbox Phone,
    TimeProvider Time
);

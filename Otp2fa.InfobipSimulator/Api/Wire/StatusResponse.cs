namespace Otp2fa.InfobipSimulator.Api.Wire;

internal sealed record StatusResponse(IReadOnlyList<VerificationEntry> Verifications);

internal sealed record VerificationEntry(
    string Msisdn,
    bool Verified,
    long? VerifiedAt,
    long? SentAt
);

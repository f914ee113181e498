namespace Otp2fa.Web.Limits;

/// <summary>A code that is wanted, in the terms that limits count in.</summary>
/// <param name="UserId">Who wants it.</param>
/// <param name="Number">E.164 with the plus sign.</param>
/// <param name="Country">Of the number, ISO 3166-1 alpha-2.</param>
/// <param name="IsEnrolment">The number is not proved yet; its sends are the first to stop.</param>
internal sealed record SendRequest(string UserId, string Number, string Country, bool IsEnrolment)
{
    public override string ToString() => $"send to {Country}";
}

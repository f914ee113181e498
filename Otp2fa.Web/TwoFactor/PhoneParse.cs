namespace Otp2fa.Web.TwoFactor;

/// <summary>Either the number or the reason it was refused; exactly one is set.</summary>
public readonly record struct PhoneParse(PhoneNumber? Number, PhoneRefusal? Refusal)
{
    public static implicit operator PhoneParse(PhoneRefusal refusal) => new(null, refusal);

    public static implicit operator PhoneParse(PhoneNumber number) => new(number, null);
}

namespace Otp2fa.Web.Operations.Setup;

/// <summary>What is to be done to the application, or to the template.</summary>
/// <param name="Id">Of what is there; null if it is to be made.</param>
/// <param name="Changes">Empty if it is as it should be.</param>
internal sealed record SetupStep(string? Id, IReadOnlyList<SetupChange> Changes)
{
    public bool IsNeeded => Id is null || Changes.Count > 0;
}

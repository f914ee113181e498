namespace Otp2fa.Web.Composition;

internal static class SecurityHeaders
{
    private const int Year = 365 * 24 * 60 * 60;

    /// <summary>As <see cref="Policy"/>, and for a site that people use: https alone, from now on (ASVS 3.4.1).</summary>
    public static HeaderPolicyCollection PolicyWithHttpsAlone { get; } =
        Create().AddStrictTransportSecurityMaxAgeIncludeSubDomains(Year);

    /// <summary>What every answer carries, errors and redirects too (ASVS 3.4). Nothing inline: styles and scripts are files.</summary>
    public static HeaderPolicyCollection Policy { get; } = Create();

    private static HeaderPolicyCollection Create() =>
        new HeaderPolicyCollection()
            .AddFrameOptionsDeny()
            .AddContentTypeOptionsNoSniff()
            .AddReferrerPolicyNoReferrer()
            .AddCrossOriginOpenerPolicy(policy => policy.SameOrigin())
            .AddCrossOriginResourcePolicy(policy => policy.SameOrigin())
            .RemoveServerHeader()
            // By name: the library's own list holds features that browsers report as unknown.
            .AddPermissionsPolicy(policy =>
            {
                policy.AddAccelerometer().None();
                policy.AddCamera().None();
                policy.AddDisplayCapture().None();
                policy.AddGeolocation().None();
                policy.AddGyroscope().None();
                policy.AddMagnetometer().None();
                policy.AddMicrophone().None();
                policy.AddMidi().None();
                policy.AddPayment().None();
                policy.AddUsb().None();
            })
            .AddContentSecurityPolicy(csp =>
            {
                csp.AddDefaultSrc().Self();
                csp.AddObjectSrc().None();
                csp.AddBaseUri().None();
                csp.AddFormAction().Self();
                csp.AddFrameAncestors().None();
                csp.AddScriptSrc().Self();
                csp.AddStyleSrc().Self();
                csp.AddImgSrc().Self();
            });
}

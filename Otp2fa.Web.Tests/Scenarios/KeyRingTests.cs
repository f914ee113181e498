using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Otp2fa.Web.Tests.Site;
using Otp2fa.Web.Tests.Site.Pages;
using Otp2fa.Web.Tests.Support;

namespace Otp2fa.Web.Tests.Scenarios;

/// <summary>The keys behind cookies and stored hashes: at rest, on several instances, and when they are changed (R36, R42).</summary>
[Trait("Covers", "R36")]
[Trait("Covers", "R42")]
[Trait("Covers", "T27")]
public sealed class KeyRingTests : IDisposable
{
    private const string Certificate = "Security:KeyRingCertificate";
    private const string Password = "Security:KeyRingCertificatePassword";
    private const string CertificatePassword = "canary-certificate-password";
    private const string Former = "Security:FormerKeyRingCertificates:0";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("otp2fa-keys");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData("pfx")]
    [InlineData("pem")]
    [InlineData("encrypted.pem")]
    public async Task With_a_certificate_the_ring_in_the_database_holds_no_key_in_clear_and_works_on_two_instances(
        string form
    )
    {
        await using var site = await TestSite.StartAsync(
            (Certificate, NewCertificate(form)),
            (Password, form == "pem" ? null : CertificatePassword)
        );
        var (browser, _) = await site.SignedInPersonAsync();

        Assert.True(await browser.CloneTo(site.StartHost()).IsSignedInAsync());
        var ring = await RingAsync(site);
        Assert.Contains("EncryptedData", ring, StringComparison.Ordinal);
        Assert.DoesNotContain("<value>", ring, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_one_development_keeps_it_in_clear()
    {
        await using var site = await TestSite.StartAsync();
        await site.SignedInPersonAsync();

        Assert.Contains("<value>", await RingAsync(site), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_certificate_with_the_former_one_beside_it_signs_nobody_out()
    {
        var (old, next) = (NewCertificate("pem"), NewCertificate("pem"));
        await using var site = await TestSite.StartAsync((Certificate, old));
        var (browser, _) = await site.SignedInPersonAsync();

        var changed = site.StartHost((Certificate, next), (Former, old));
        var forgotten = site.StartHost((Certificate, next));

        Assert.True(await browser.CloneTo(changed).IsSignedInAsync());
        // Without it the old keys cannot be read: everybody signs in again, and nothing fails.
        Assert.False(await browser.CloneTo(forgotten).IsSignedInAsync());
    }

    [Fact]
    public async Task A_new_key_of_the_ring_leaves_old_cookies_and_a_revoked_ring_ends_them_without_a_failure()
    {
        await using var site = await TestSite.StartAsync();
        var (browser, person) = await site.SignedInPersonAsync();
        var keys = site.Host.Services.GetRequiredService<IKeyManager>();

        keys.CreateNewKey(
            TimeProvider.System.GetUtcNow(),
            TimeProvider.System.GetUtcNow().AddDays(90)
        );
        Assert.True(await browser.CloneTo(site.StartHost()).IsSignedInAsync());

        keys.RevokeAllKeys(TimeProvider.System.GetUtcNow(), "a test");
        var afterwards = site.StartHost();
        var copy = browser.CloneTo(afterwards);
        Assert.False(await copy.IsSignedInAsync());
        await copy.SignInAsync(person);
        Assert.True(await copy.IsSignedInAsync());
    }

    [Fact]
    public async Task A_new_hash_key_with_the_former_one_beside_it_takes_the_recovery_codes_that_people_have()
    {
        var (old, next) = (NewKey(), NewKey());
        await using var site = await TestSite.StartAsync(("Security:HashKey", old));
        var person = Person.New();
        var (_, shown) = await site.TurnOnAsync(person);
        var codes = shown.Codes;

        var changed = site.StartHost(("Security:HashKey", next), ("Security:FormerHashKey", old));
        var forgotten = site.StartHost(("Security:HashKey", next));

        Assert.False(await OpensAsync(site.NewBrowser(forgotten), codes[0]));
        Assert.True(await OpensAsync(site.NewBrowser(changed), codes[0]));

        async Task<bool> OpensAsync(Browser browser, string code)
        {
            await (await LoginPage.OpenAsync(browser)).SubmitAsync(person.Email, person.Password);
            await browser.SubmitAsync(
                await browser.GoAsync("/Identity/Account/LoginWithRecoveryCode"),
                "form",
                ("Input.RecoveryCode", code)
            );
            return await browser.IsSignedInAsync();
        }
    }

    [Fact]
    public async Task Secrets_that_are_mounted_as_files_are_settings_and_the_environment_wins_over_them()
    {
        var secrets = folder.CreateSubdirectory("secrets");
        await File.WriteAllTextAsync(
            Path.Combine(secrets.FullName, "Support__Contact"),
            "mounted@example.com\n"
        );
        await using var site = await TestSite.StartInRealTimeAsync();
        (string, string?) mounted = ("SecretsFolder", secrets.FullName);

        await using (var process = await site.StartProcessAsync(mounted))
        {
            (await new Browser(process).GoAsync("/Identity/Account/Lockout")).ShouldSay(
                "mounted@example.com"
            );
        }

        await using (
            var process = await site.StartProcessAsync(
                mounted,
                ("Support:Contact", "environment@example.com")
            )
        )
        {
            (await new Browser(process).GoAsync("/Identity/Account/Lockout")).ShouldSay(
                "environment@example.com"
            );
        }

        var answer = await site.OperateInProcessAsync(
            [("SecretsFolder", Path.Combine(folder.FullName, "nowhere"))],
            "users",
            "show",
            "nobody@example.com"
        );
        Assert.Contains(
            "SecretsFolder names a folder that is not there.",
            answer.Error,
            StringComparison.Ordinal
        );
    }

    private static string NewKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    private string NewCertificate(string form)
    {
        using var key = RSA.Create(2048);
        using var certificate = SelfSigned.Certificate(key, "Otp2fa key ring");
        var path = Path.Combine(folder.FullName, $"{Guid.NewGuid():N}.{form}");
        if (path.EndsWith(".pem", StringComparison.Ordinal))
        {
            var privateKey =
                form == "pem"
                    ? key.ExportPkcs8PrivateKeyPem()
                    : key.ExportEncryptedPkcs8PrivateKeyPem(
                        CertificatePassword,
                        new PbeParameters(
                            PbeEncryptionAlgorithm.Aes256Cbc,
                            HashAlgorithmName.SHA256,
                            iterationCount: 1000
                        )
                    );
            File.WriteAllText(path, $"{certificate.ExportCertificatePem()}\n{privateKey}\n");
        }
        else
        {
            File.WriteAllBytes(
                path,
                certificate.Export(X509ContentType.Pkcs12, CertificatePassword)
            );
        }

        return path;
    }

    private static async Task<string> RingAsync(TestSite site) =>
        string.Concat(
            await site.InDatabaseAsync(db =>
                db.DataProtectionKeys.Select(key => key.Xml).ToListAsync()
            )
        );
}

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Otp2fa.Web.Data;

namespace Otp2fa.Web.Tests.Data;

public sealed class HashKeyTests
{
    [Fact]
    public void One_text_has_one_hash_of_32_bytes()
    {
        var hash = Hash(1).Compute("phone", "+447700900123");

        Assert.Equal(32, hash.Length);
        Assert.Equal(hash, Hash(1).Compute("phone", "+447700900123"));
    }

    [Fact]
    public void Another_text_kind_or_key_gives_another_hash()
    {
        byte[][] hashes =
        [
            Hash(1).Compute("phone", "+447700900123"),
            Hash(1).Compute("phone", "+447700900124"),
            Hash(1).Compute("pinId", "+447700900123"),
            Hash(2).Compute("phone", "+447700900123"),
            Hash(1).Compute("phone+", "447700900123"),
            Hash(1).Compute("", "phone+447700900123"),
        ];

        Assert.Equal(hashes.Length, hashes.Select(Convert.ToHexString).Distinct().Count());
    }

    [Fact]
    public void Nothing_is_hashed_before_the_key_is_loaded()
    {
        Assert.Throws<InvalidOperationException>(() =>
            new KeyedHash(new HashKey()).Compute("phone", "+447700900123")
        );
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    public void A_key_of_another_length_is_not_loaded(int length)
    {
        Assert.Throws<ArgumentException>(() => new HashKey().Load(new byte[length]));
    }

    [Fact]
    public async Task The_key_of_the_settings_is_used_and_none_is_made()
    {
        using var file = new TemporaryFile();
        var key = Enumerable.Repeat((byte)7, HashKey.Length).ToArray();
        await using var instance = Contexts.Instance(
            DatabaseProvider.Sqlite,
            file.Connection,
            ("Database:MigrateAtStart", "true"),
            ("Security:HashKey", Convert.ToBase64String(key))
        );

        await PrepareAsync(instance);

        Assert.Equal(key, KeyOf(instance));
        Assert.Null(await StoredAsync(instance));
    }

    [Fact]
    public async Task Without_a_key_in_the_settings_one_is_made_and_survives_a_restart()
    {
        using var file = new TemporaryFile();
        await using var first = NewInstance(file);
        await PrepareAsync(first);
        await using var second = NewInstance(file);
        await PrepareAsync(second);

        Assert.Equal(KeyOf(first), KeyOf(second));
        Assert.Equal(KeyOf(first), await StoredAsync(second));
        Assert.NotEqual(new byte[HashKey.Length], KeyOf(first));
    }

    [Fact]
    public async Task Two_instances_that_start_at_once_on_a_new_file_end_with_one_key()
    {
        for (var round = 0; round < 5; round++)
        {
            using var file = new TemporaryFile();
            await using var one = NewInstance(file);
            await using var other = NewInstance(file);

            await Task.WhenAll(
                Task.Run(() => PrepareAsync(one)),
                Task.Run(() => PrepareAsync(other))
            );

            Assert.Equal(KeyOf(one), KeyOf(other));
            Assert.Equal(KeyOf(one), await StoredAsync(one));
        }
    }

    private static KeyedHash Hash(byte seed)
    {
        var key = new HashKey();
        key.Load([.. Enumerable.Repeat(seed, HashKey.Length)]);
        return new KeyedHash(key);
    }

    private static ServiceProvider NewInstance(TemporaryFile file) =>
        Contexts.Instance(
            DatabaseProvider.Sqlite,
            file.Connection,
            ("Database:MigrateAtStart", "true")
        );

    private static Task PrepareAsync(ServiceProvider instance) =>
        instance
            .GetServices<IHostedService>()
            .OfType<DatabasePreparation>()
            .Single()
            .StartAsync(CancellationToken.None);

    private static byte[] KeyOf(ServiceProvider instance) =>
        instance.GetRequiredService<HashKey>().Bytes;

    private static async Task<byte[]?> StoredAsync(ServiceProvider instance)
    {
        await using var scope = instance.CreateAsyncScope();
        var secret = await scope
            .ServiceProvider.GetRequiredService<Otp2faDbContext>()
            .ServerSecrets.SingleOrDefaultAsync();
        return secret?.Value;
    }
}

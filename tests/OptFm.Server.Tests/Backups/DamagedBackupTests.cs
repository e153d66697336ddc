using FsCheck;
using FsCheck.Fluent;
using OptFm.Server.Backups;
using OptFm.Server.Tests.Storage;

namespace OptFm.Server.Tests.Backups;

/// <summary>Proves: of a file that lost or changed a byte anywhere, either nothing is restored or exactly what was backed up.</summary>
public sealed class DamagedBackupTests(PostgresServer server)
{
    [Theory]
    [InlineData(Shop.Sqlite, 300)]
    [InlineData(Shop.Postgres, 100)]
    public async Task Bytes_changed_anywhere_never_change_what_is_restored(string store, int tries)
    {
        using var shop = await Shop.OnAsync(store, server);
        await shop.WriteAsync("1", "2", "3");
        var file = (await shop.BackUpAsync()).File;
        var good = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        var expected = (await shop.VerifyAsync(file)).Manifest.ToJson();
        var refused = 0;

        // Header, trailer and everything between; runs of damage of any length.
        var places = Gen.OneOf(Gen.Choose(0, 40), Gen.Choose(good.Length - 40, good.Length - 1), Gen.Choose(0, good.Length - 1));
        var damages = places.Zip(Gen.Choose(1, 64)).Zip(Gen.Choose(0, int.MaxValue));
        Prop.ForAll(damages.ToArbitrary(), damage =>
        {
            var ((place, length), seed) = damage;
            var bytes = good.ToArray();
            var random = new System.Random(seed);
            for (var i = place; i < Math.Min(place + length, bytes.Length); i++) bytes[i] ^= (byte)random.Next(1, 256);
            if (Restorable(shop, bytes) is not { } manifest)
            {
                refused++;
                return true;
            }

            return manifest.ToJson().AsSpan().SequenceEqual(expected);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(tries));
        refused.ShouldBeGreaterThan(tries / 3);
    }

    [Theory]
    [InlineData(Shop.Sqlite, 200)]
    [InlineData(Shop.Postgres, 50)]
    public async Task A_file_cut_short_anywhere_is_refused(string store, int tries)
    {
        using var shop = await Shop.OnAsync(store, server);
        await shop.WriteAsync("1");
        var good = await File.ReadAllBytesAsync((await shop.BackUpAsync()).File, TestContext.Current.CancellationToken);

        Prop.ForAll(Gen.OneOf(Gen.Choose(0, good.Length - 1), Gen.Choose(good.Length - 300, good.Length - 1)).ToArbitrary(), length => Restorable(shop, good[..length]) is null)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(tries));
    }

    /// <returns>Null where the backup is refused in words.</returns>
    private static Manifest? Restorable(Shop shop, byte[] bytes)
    {
        var file = Path.Combine(shop.Etc, "damaged");
        File.WriteAllBytes(file, bytes);
        try
        {
#pragma warning disable xUnit1031, MA0042, MA0045, VSTHRD002 // FsCheck's properties are synchronous.
            return Task.Run(() => shop.VerifyAsync(file)).GetAwaiter().GetResult().Manifest;
#pragma warning restore xUnit1031, MA0042, MA0045, VSTHRD002
        }
        catch (BackupException)
        {
            return null;
        }
    }
}

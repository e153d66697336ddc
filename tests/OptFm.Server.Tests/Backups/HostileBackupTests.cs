using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using OptFm.Server.Backups;
using OptFm.Server.Storage;

namespace OptFm.Server.Tests.Backups;

/// <summary>Proves: a file made to harm is refused: names that lead out, links, bombs, foreign databases, places that are not the bot's.</summary>
public sealed class HostileBackupTests
{
    private static readonly string Out = "../escaped";

    [Theory]
    [InlineData("../escaped")]
    [InlineData("/tmp/escaped")]
    [InlineData("a/b")]
    [InlineData(".hidden")]
    [InlineData("")]
    [InlineData("optfm.db\n")]
    public async Task A_name_that_leads_elsewhere_is_refused(string name)
    {
        using var shop = new Shop();

        await RefusedAsync(shop, Pack(tar => AddAll(tar, ManifestOf((Manifest.Database, [1]), (name, [2])))), "manifest.json");
        await RefusedAsync(shop, Pack(tar =>
        {
            AddAll(tar, ManifestOf((Manifest.Database, [1])), end: false);
            Add(tar, name, [3]);
        }), "damaged");
        File.Exists(Path.Combine(shop.Data, Out)).ShouldBeFalse();
    }

    [Theory]
    [InlineData(TarEntryType.SymbolicLink)]
    [InlineData(TarEntryType.HardLink)]
    public async Task A_link_is_refused(TarEntryType type)
    {
        using var shop = new Shop();
        var manifest = ManifestOf((Manifest.Database, []));

        await RefusedAsync(shop, Pack(tar =>
        {
            Add(tar, Manifest.FileName, manifest.Manifest.ToJson());
            tar.WriteEntry(new PaxTarEntry(type, ArchiveWriter.Prefix + Manifest.Database) { LinkName = "/etc/passwd" });
        }), "optfm.db");
    }

    [Fact]
    public async Task A_bomb_is_refused_before_it_unpacks()
    {
        using var shop = new Shop();
        var zeros = new byte[300 << 20];

        await RefusedAsync(shop, Pack(tar => AddAll(tar, ManifestOf((Manifest.Database, zeros)))), "far more than its size");
    }

    [Fact]
    public async Task A_bomb_that_lies_about_its_size_is_refused_too()
    {
        using var shop = new Shop();
        var small = ManifestOf((Manifest.Database, new byte[10]));

        await RefusedAsync(shop, Pack(tar => AddAll(tar, small with { Contents = [(Manifest.Database, new byte[100 << 20])] })), "optfm.db");
        await RefusedAsync(shop, Pack(tar => tar.WriteEntry(new GnuTarEntry(TarEntryType.RegularFile, new string('a', 50 << 20)))), "too large");
    }

    [Fact]
    public async Task A_newer_schema_is_refused_in_words()
    {
        using var shop = new Shop();
        await shop.WriteAsync("1");
        using (var session = SqliteDatabase.Open(shop.Database)) session.Execute("PRAGMA user_version = 999");

        await RefusedAsync(shop, Pack(tar => AddAll(tar, ManifestOf((Manifest.Database, Bytes(shop.Database))))), "Install the newer version");
    }

    [Fact]
    public async Task A_newer_format_is_refused_in_words()
    {
        using var shop = new Shop();
        var manifest = ManifestOf((Manifest.Database, [1]));

        await RefusedAsync(shop, Pack(tar => AddAll(tar, manifest with { Manifest = manifest.Manifest with { Format = Manifest.CurrentFormat + 1, Program = "9.9" } })), "optfm 9.9");
    }

    [Theory]
    [InlineData("CREATE TRIGGER t AFTER INSERT ON inbox BEGIN DELETE FROM outbox; END")]
    [InlineData("CREATE VIEW v AS SELECT 1")]
    [InlineData("DROP TABLE outbox")]
    public async Task A_database_that_is_not_the_bots_is_refused(string change)
    {
        using var shop = new Shop();
        await shop.WriteAsync("1");
        using (var session = SqliteDatabase.Open(shop.Database)) session.Execute(change);

        await RefusedAsync(shop, Pack(tar => AddAll(tar, ManifestOf((Manifest.Database, Bytes(shop.Database))))), "damaged");
    }

    [Fact]
    public async Task Settings_that_point_elsewhere_are_refused_unless_told()
    {
        using var shop = new Shop();
        await shop.WriteAsync("1");
        var elsewhere = Directory.CreateTempSubdirectory("optfm-elsewhere-").FullName;
        try
        {
            var settings = Encoding.UTF8.GetBytes($"DATA_DIR={shop.Data}\nFAQ_FILE={elsewhere}/cron\n");
            var faq = "* * * * * root id"u8.ToArray();
            var file = Write(shop, Pack(tar => AddAll(tar, ManifestOf((Manifest.Database, Bytes(shop.Database)), (BackupSources.Settings, settings), ("faq.json", faq)))));

            (await Should.ThrowAsync<BackupException>(shop.RestoreAsync(file))).Message.ShouldContain($"--also-to {elsewhere}");
            Directory.GetFiles(elsewhere).ShouldBeEmpty();

            // A link in the bot's own folder leads out just as well.
            Directory.CreateSymbolicLink(Path.Combine(shop.Data, "in"), elsewhere);
            settings = Encoding.UTF8.GetBytes($"DATA_DIR={shop.Data}\nFAQ_FILE={shop.Data}/in/cron\n");
            file = Write(shop, Pack(tar => AddAll(tar, ManifestOf((Manifest.Database, Bytes(shop.Database)), (BackupSources.Settings, settings), ("faq.json", faq)))));
            await Should.ThrowAsync<BackupException>(shop.RestoreAsync(file));
            Directory.GetFiles(elsewhere).ShouldBeEmpty();

            await new BackupRestorer(shop.Loaded, shop.Now).RestoreAsync(new(file, AlsoTo: [$"{shop.Data}/in"]), TestContext.Current.CancellationToken);
            File.ReadAllBytes($"{elsewhere}/cron").ShouldBe(faq);
        }
        finally
        {
            Directory.Delete(elsewhere, recursive: true);
        }
    }

    private static async Task RefusedAsync(Shop shop, byte[] packed, string because)
    {
        var refused = await Should.ThrowAsync<BackupException>(shop.RestoreAsync(Write(shop, packed)));
        refused.Message.ShouldContain(because);
        Directory.GetDirectories(shop.Data, "before-restore-*").ShouldBeEmpty();
        shop.Leftovers().ShouldBeEmpty();
    }

    private static string Write(Shop shop, byte[] packed)
    {
        var file = Path.Combine(shop.Etc, "hostile.tar.gz");
        File.WriteAllBytes(file, packed);
        return file;
    }

    private static byte[] Pack(Action<TarWriter> fill)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        using (var tar = new TarWriter(gzip)) fill(tar);
        return packed.ToArray();
    }

    private static Crafted ManifestOf(params (string Name, byte[] Content)[] files) => new(
        new Manifest(Manifest.SqliteFormat, "0.1.0", Migrator.KnownSchema, DateTimeOffset.UnixEpoch, [.. files.Select(f => new ManifestFile(f.Name, "/somewhere", f.Content.Length, Convert.ToHexStringLower(SHA256.HashData(f.Content))))]),
        files);

    private static void AddAll(TarWriter tar, Crafted crafted, bool end = true)
    {
        Add(tar, Manifest.FileName, crafted.Manifest.ToJson());
        foreach (var (name, content) in crafted.Contents) Add(tar, name, content);
        if (end) Add(tar, Checksums.FileName, Checksums.List(crafted.Manifest, crafted.Manifest.ToJson()));
    }

    private static void Add(TarWriter tar, string name, byte[] content) =>
        tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, ArchiveWriter.Prefix + name) { DataStream = new MemoryStream(content) });

    private static byte[] Bytes(string database)
    {
        using (var session = SqliteDatabase.Open(database)) session.First("PRAGMA wal_checkpoint(TRUNCATE)", r => r.GetInt64(0));
        return File.ReadAllBytes(database);
    }

    private sealed record Crafted(Manifest Manifest, (string Name, byte[] Content)[] Contents);
}

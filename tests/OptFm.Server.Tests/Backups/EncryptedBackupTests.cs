using OptFm.Server.Backups;
using OptFm.Server.Operations;
using OptFm.Server.Tests.Storage;

namespace OptFm.Server.Tests.Backups;

/// <summary>Proves: with a recipient a backup opens with the private key only, and where encrypting fails nothing readable is left.</summary>
public sealed class EncryptedBackupTests(PostgresServer server) : IDisposable
{
    private readonly DirectoryInfo _keys = Directory.CreateTempSubdirectory("optfm-k-");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Shop.Sqlite)]
    [InlineData(Shop.Postgres)]
    public async Task Age_opens_with_the_identity_alone(string store)
    {
        var (recipient, identity) = await AgeKeyAsync("mine");
        var (_, other) = await AgeKeyAsync("other");
        using var shop = await Shop.OnAsync(store, server, $"BACKUP_RECIPIENT={recipient}");
        await shop.WriteAsync("1");

        var made = await shop.BackUpAsync();

        made.File.ShouldEndWith(".tar.gz.age");
        (await shop.VerifyAsync(made.File, identity)).Contents.Chats.ShouldBe(1);
        (await Should.ThrowAsync<BackupException>(shop.VerifyAsync(made.File))).Message.ShouldContain("--identity");
        (await Should.ThrowAsync<BackupException>(shop.VerifyAsync(made.File, other))).Message.ShouldContain("age refuses");
        await shop.WriteAsync("2");
        await shop.RestoreAsync(made.File, identity);
        shop.Chats().ShouldBe(["1"]);
        shop.Leftovers().ShouldBeEmpty();
    }

    [Fact]
    public async Task Gpg_opens_with_the_private_key_alone()
    {
        var (publicKey, secretKey) = await GpgKeyAsync();
        using var shop = new Shop($"BACKUP_RECIPIENT={publicKey}");
        await shop.WriteAsync("1");

        var made = await shop.BackUpAsync();

        made.File.ShouldEndWith(".tar.gz.gpg");
        (OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(made.File)).ShouldBe(FileOwner.Private);
        (await Should.ThrowAsync<BackupException>(shop.VerifyAsync(made.File))).Message.ShouldContain("gpg refuses");
        (await shop.VerifyAsync(made.File, secretKey)).Contents.Chats.ShouldBe(1);
        shop.Leftovers().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("age1thisisnorecipient", "age")]
    [InlineData("nobody@nowhere.example", "gpg")]
    [InlineData("/etc/hostname", "gpg")]
    public async Task A_key_that_is_not_there_is_a_failure_and_nothing_readable_is_left(string recipient, string program)
    {
        Assert.SkipWhen(ExternalProgram.Find(program) is null, $"{program} is not installed");
        using var shop = new Shop($"BACKUP_RECIPIENT={recipient}");
        await shop.WriteAsync("1");

        (await Should.ThrowAsync<BackupException>(shop.BackUpAsync())).Message.ShouldContain($"{program} refuses");

        Directory.GetFiles(Path.Combine(shop.Data, "backups")).ShouldBeEmpty();
        shop.Leftovers().ShouldBeEmpty();
        BackupJournal.Read(shop.Data).LastFailed.ShouldBeTrue();
    }

    [Theory]
    [InlineData("--output=/etc/x")]
    [InlineData("-r")]
    public void A_recipient_is_never_an_option(string recipient)
    {
        using var shop = new Shop($"BACKUP_RECIPIENT={recipient}");

        shop.Loaded.Problems.ShouldContain(problem => problem.Setting == "BACKUP_RECIPIENT");
    }

    public void Dispose() => _keys.Delete(recursive: true);

    private async Task<(string Recipient, string Identity)> AgeKeyAsync(string name)
    {
        Assert.SkipWhen(ExternalProgram.Find("age-keygen") is null, "age is not installed: apt-get install age");
        var identity = Path.Combine(_keys.FullName, name);
        (await ExternalProgram.RunAsync("age-keygen", ["-o", identity], TimeSpan.FromMinutes(1), Stop)).Succeeded.ShouldBeTrue();
        return ((await ExternalProgram.RunAsync("age-keygen", ["-y", identity], TimeSpan.FromMinutes(1), Stop)).Output, identity);
    }

    private async Task<(string PublicFile, string SecretFile)> GpgKeyAsync()
    {
        Assert.SkipWhen(ExternalProgram.Find("gpg") is null, "gpg is not installed: apt-get install gnupg");
        var (open, secret) = (Path.Combine(_keys.FullName, "public.gpg"), Path.Combine(_keys.FullName, "secret.gpg"));
        await GpgAsync("--passphrase", "", "--quick-generate-key", "shop@optfm.example", "future-default", "default", "never");
        await GpgAsync("--output", open, "--export");
        await GpgAsync("--output", secret, "--export-secret-keys");
        await ExternalProgram.RunAsync("gpgconf", ["--homedir", _keys.FullName, "--kill", "all"], TimeSpan.FromMinutes(1), Stop);
        return (open, secret);
    }

    private async Task GpgAsync(params string[] arguments)
    {
        var ran = await ExternalProgram.RunAsync("gpg", ["--homedir", _keys.FullName, "--batch", "--pinentry-mode", "loopback", .. arguments], TimeSpan.FromMinutes(2), Stop);
        ran.Succeeded.ShouldBeTrue(ran.Output);
    }
}

using OptFm.Server.Backups;
using OptFm.Server.Operations;

namespace OptFm.Server.Tests.Backups;

/// <summary>Proves: where the disk is too small, both a backup and a restore say so before they write anything.</summary>
public sealed class FullDiskTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_backup_leaves_the_bot_its_room()
    {
        using var shop = new Shop();
        await shop.WriteAsync("1");
        await using var disk = await Disk.MountAsync(Path.Combine(shop.Etc, "disk"));
        Assert.SkipWhen(disk is null, "mounting a small file system needs root");

        (await Should.ThrowAsync<BackupException>(shop.BackUpAsync(disk.Folder))).Message.ShouldContain("too full");

        Directory.EnumerateFileSystemEntries(disk.Folder).ShouldBeEmpty();
        BackupJournal.Read(shop.Data).LastFailed.ShouldBeTrue();
    }

    [Fact]
    public async Task A_restore_refuses_before_it_touches_anything()
    {
        using var shop = new Shop();
        await shop.WriteAsync("1");
        var backup = (await shop.BackUpAsync(shop.Etc)).File;
        await using var disk = await Disk.MountAsync(shop.Data);
        Assert.SkipWhen(disk is null, "mounting a small file system needs root");
        await shop.WriteAsync("2");

        (await Should.ThrowAsync<BackupException>(shop.RestoreAsync(backup))).Message.ShouldContain("too full");

        shop.Chats().ShouldBe(["2"]);
        shop.Leftovers().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_read_only_disk_is_told()
    {
        using var shop = new Shop();
        await shop.WriteAsync("1");
        await using var disk = await Disk.MountAsync(Path.Combine(shop.Etc, "disk"), "ro");
        Assert.SkipWhen(disk is null, "mounting a small file system needs root");

        (await Should.ThrowAsync<BackupException>(shop.BackUpAsync(disk.Folder))).Message.ShouldContain($"{disk.Folder} cannot be written to");
    }

    /// <summary>A file system of eight megabytes.</summary>
    private sealed class Disk(string folder) : IAsyncDisposable
    {
        public string Folder => folder;

        public static async Task<Disk?> MountAsync(string folder, string options = "rw")
        {
            Directory.CreateDirectory(folder);
            var size = options == "ro" ? "size=64m" : "size=8m";
            return (await ExternalProgram.RunAsync("mount", ["-t", "tmpfs", "-o", $"{size},{options}", "optfm-test", folder], TimeSpan.FromMinutes(1), Stop)).Succeeded ? new(folder) : null;
        }

        public async ValueTask DisposeAsync() => await ExternalProgram.RunAsync("umount", ["-l", folder], TimeSpan.FromMinutes(1), CancellationToken.None);
    }
}

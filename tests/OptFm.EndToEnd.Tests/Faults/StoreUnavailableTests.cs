using System.Diagnostics;
using System.Net;
using Microsoft.Data.Sqlite;

namespace OptFm.EndToEnd.Tests.Faults;

/// <summary>
/// Proves: while the database cannot be written (full disk, locked file), updates are answered 503 and nothing of them is stored, so that the
/// messenger repeats them; health says 503; once writing works again the same process serves on, and everything is answered in order, once.
/// </summary>
public sealed class StoreUnavailableTests(ITestOutputHelper output)
{
    [Fact]
    public async Task A_full_disk_costs_nothing_but_time()
    {
        await using var disk = await SmallDisk.MountAsync();
        Assert.SkipWhen(disk is null, "mounting a small file system needs root");
        await using var stage = await Stage.OpenAsync(Seeds.Next(output), ("DATA_DIR", disk.Folder));
        await stage.AskAsync(chats: 3, questions: 2);

        disk.Fill();
        var asking = stage.AskAsync(chats: 5, questions: 3);
        await RefusesAsync(stage);
        disk.Free();
        await asking;

        await ServesAgainAsync(stage, disk.Folder);
    }

    /// <summary>systemd starts it again after exit code 1, and not after 2.</summary>
    [Fact]
    public async Task A_server_started_on_a_full_disk_says_so_and_can_be_started_once_there_is_room()
    {
        await using var disk = await SmallDisk.MountAsync();
        Assert.SkipWhen(disk is null, "mounting a small file system needs root");
        await using var server = await RealServer.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["DATA_DIR"] = disk.Folder });
        await server.KillAsync();
        await LeaveClaimedLanesAsync(Path.Combine(disk.Folder, "optfm.db"));

        disk.Fill();
        var refused = await Should.ThrowAsync<InvalidOperationException>(server.StartAgainAsync());
        refused.Message.ShouldContain("exit code 1 ");
        refused.Message.ShouldContain("the database cannot be ");
        refused.Message.ShouldNotContain("Unhandled");
        disk.Free();

        await server.StartAgainAsync();
    }

    [Fact]
    public async Task A_locked_database_costs_nothing_but_time()
    {
        await using var stage = await Stage.OpenAsync(Seeds.Next(output));
        var folder = Path.Combine(stage.Server.Server.Folder, "var");

        Task asking;
        await using (var other = new SqliteConnection($"Data Source={Path.Combine(folder, "optfm.db")};Pooling=False"))
        {
            other.Open();
            await using var transaction = other.BeginTransaction();
            asking = stage.AskAsync(chats: 5, questions: 3);
            await RefusesAsync(stage);
        }

        await asking;
        await ServesAgainAsync(stage, folder);
    }

    /// <summary>As many chats as need room in the file when the next start frees them.</summary>
    private static async Task LeaveClaimedLanesAsync(string file)
    {
        await using var database = new SqliteConnection($"Data Source={file};Pooling=False");
        await database.OpenAsync();
        await using var command = database.CreateCommand();
        command.CommandText =
            """
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
            INSERT INTO lane (queue, channel, chat, due_at, claimed) SELECT 'in', 'max', i, 0, 1 FROM n
            """;
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>A delivery of its own is refused, and so is the health check.</summary>
    private static async Task RefusesAsync(Stage stage)
    {
        await UntilAsync(async client => (await client.GetAsync("/health")).StatusCode == HttpStatusCode.ServiceUnavailable, stage);
        using var request = Crowd.Request(stage.Server.Server.BaseAddress, Crowd.Update("700001", 1, "/help"));
        using var refused = await stage.Server.Server.Client.SendAsync(request);
        refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await stage.Server.Server.Client.GetAsync("/health/live")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static async Task ServesAgainAsync(Stage stage, string folder)
    {
        await UntilAsync(async client => (await client.GetAsync("/health")).StatusCode == HttpStatusCode.OK, stage);
        var account = await stage.SettleAsync();
        account.Unasked.ShouldBeEmpty();
        account.Lost.ShouldBe(0);
        account.ChatsOutOfOrder.ShouldBeEmpty();
        account.DuplicateCount.ShouldBe(0);
        using var stored = new Stored(Path.Combine(folder, "optfm.db"));
        stored.Integrity().ShouldBe("ok");
        stored.Count("inbox", "chat = '700001'").ShouldBe(0, "what was refused must not be there");
    }

    private static async Task UntilAsync(Func<HttpClient, Task<bool>> holds, Stage stage)
    {
        using var guard = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        while (!await holds(stage.Server.Server.Client)) await pause.WaitForNextTickAsync(guard.Token);
    }

    /// <summary>A file system of a few megabytes, so that filling it harms nobody.</summary>
    private sealed class SmallDisk : IAsyncDisposable
    {
        private SmallDisk(string folder) => Folder = folder;

        public string Folder { get; }

        private string Ballast => Path.Combine(Folder, "ballast");

        /// <returns>Null where this user may not mount anything.</returns>
        public static async Task<SmallDisk?> MountAsync()
        {
            var folder = Directory.CreateTempSubdirectory("optfm-disk-").FullName;
            if (await ShellAsync("mount", "-t", "tmpfs", "-o", "size=4m", "optfm-test", folder)) return new(folder);
            Directory.Delete(folder);
            return null;
        }

        public void Fill()
        {
            using var file = new FileStream(Ballast, FileMode.Create, FileAccess.Write, FileShare.None, 1);
            var page = new byte[4096];
            try
            {
                while (true) file.Write(page);
            }
            catch (IOException)
            {
                // Full: what was wanted.
            }
        }

        public void Free() => File.Delete(Ballast);

        public async ValueTask DisposeAsync()
        {
            await ShellAsync("umount", "-l", Folder);
            Directory.Delete(Folder, recursive: true);
        }

        private static async Task<bool> ShellAsync(string command, params string[] arguments)
        {
            try
            {
                using var process = Process.Start(new ProcessStartInfo(command, arguments) { UseShellExecute = false, RedirectStandardError = true })!;
                await process.WaitForExitAsync();
                return process.ExitCode == 0;
            }
            catch (System.ComponentModel.Win32Exception)
            {
                return false;
            }
        }
    }
}

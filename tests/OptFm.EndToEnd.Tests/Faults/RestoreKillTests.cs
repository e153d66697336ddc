using System.Diagnostics;
using OptFm.EndToEnd.Tests.Repository;

namespace OptFm.EndToEnd.Tests.Faults;

/// <summary>Proves: a restore killed at any moment leaves all of the old state or all of the new one to the server that starts next.</summary>
public sealed class RestoreKillTests
{
    [Theory]
    [InlineData(FaultStore.Sqlite, ".optfm-work-*/files")]
    [InlineData(FaultStore.Sqlite, ".optfm-work-*/files/optfm.db")]
    [InlineData(FaultStore.Sqlite, "before-restore-*")]
    [InlineData(FaultStore.Sqlite, "optfm.db.restoring")]
    [InlineData(FaultStore.Sqlite, "faq.json.restoring")]
    [InlineData(FaultStore.Sqlite, "restore-unfinished.json")]
    [InlineData(FaultStore.Sqlite, "before-restore-*/optfm.db")]
    [InlineData(FaultStore.Sqlite, "before-restore-*/settings.env")]
    [InlineData(FaultStore.Postgres, ".optfm-work-*/files/optfm.dump")]
    [InlineData(FaultStore.Postgres, "before-restore-*")]
    [InlineData(FaultStore.Postgres, "before-restore-*/optfm.dump")]
    [InlineData(FaultStore.Postgres, "faq.json.restoring")]
    [InlineData(FaultStore.Postgres, "restore-unfinished.json")]
    [InlineData(FaultStore.Postgres, "before-restore-*/settings.env")]
    public async Task Killed_once_this_is_there(string kind, string path)
    {
        await using var store = await FaultStore.OpenAsync(kind);
        await using var server = await RealServer.StartAsync(store.Settings.ToDictionary(setting => setting.Name, setting => setting.Value, StringComparer.Ordinal));
        await server.StopAsync();
        var state = new State(store, server);
        await state.SetAsync("restored");
        await RunToItsEndAsync(store, server, "backup", "--to", server.Folder);
        var backup = Directory.GetFiles(server.Folder, "optfm-*.tar.gz").ShouldHaveSingleItem();
        await state.SetAsync("before");

        using (var restore = Start(store, server, "restore", backup))
        {
            // Whether the kill comes at once or a blink later is chance; any moment must do.
            SpinWait.SpinUntil(() => restore.HasExited || IsThere(Path.Combine(server.Folder, "var"), path.Split('/')), TimeSpan.FromMinutes(1));
            restore.Kill();
            await restore.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        await server.StartAgainAsync(TestContext.Current.CancellationToken);
        (await server.StopAsync()).ShouldBe(0);
        var left = await state.ReadAsync();
        left.Distinct().ShouldHaveSingleItem($"a mixture: {string.Join(", ", left)}");

        await RunToItsEndAsync(store, server, "restore", backup);
        (await state.ReadAsync()).ShouldAllBe(part => part == "restored");
        File.Exists(Path.Combine(server.Folder, "var", "restore-unfinished.json")).ShouldBeFalse();
    }

    private static bool IsThere(string folder, ReadOnlySpan<string> path)
    {
        foreach (var found in Directory.EnumerateFileSystemEntries(folder, path[0]))
        {
            if (path.Length == 1 || (Directory.Exists(found) && IsThere(found, path[1..]))) return true;
        }

        return false;
    }

    private static Process Start(FaultStore store, RealServer server, params string[] arguments)
    {
        var start = new ProcessStartInfo(ServerBinary.Path, arguments) { WorkingDirectory = server.Folder, UseShellExecute = false, RedirectStandardOutput = true };
        foreach (var setting in OptFm.Server.Settings.ServerSettings.All) start.Environment.Remove(setting.Name);
        foreach (var (name, value) in store.Settings) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    private static async Task RunToItsEndAsync(FaultStore store, RealServer server, params string[] arguments)
    {
        using var process = Start(store, server, arguments);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.ExitCode.ShouldBe(0);
    }

    /// <summary>One word, written into the database, the settings and the FAQ.</summary>
    private sealed class State(FaultStore store, RealServer server)
    {
        private readonly string _settings = Path.Combine(server.Folder, ".env");
        private readonly string _faq = Path.Combine(server.Folder, "var", "faq.json");

        public async Task SetAsync(string word)
        {
            await File.WriteAllTextAsync(_settings, $"FAQ_FILE=var/faq.json\n#{word}");
            await File.WriteAllTextAsync(_faq, await File.ReadAllTextAsync(Checkout.PathOf("data/faq.json")) + new string('\n', word.Length));
            await store.AskAsync(server, $"INSERT INTO poll_marker (channel, marker) VALUES ('state', '{word}') ON CONFLICT (channel) DO UPDATE SET marker = excluded.marker");
        }

        public async Task<IReadOnlyList<string>> ReadAsync()
        {
            var faq = (await File.ReadAllTextAsync(_faq)).Length - (await File.ReadAllTextAsync(Checkout.PathOf("data/faq.json"))).Length;
            var database = await store.AskAsync(server, "SELECT marker FROM poll_marker WHERE channel = 'state'");
            return [(await File.ReadAllTextAsync(_settings)).Split('#')[1], faq == "before".Length ? "before" : "restored", database.ShouldHaveSingleItem()];
        }
    }
}

using System.Diagnostics;
using Microsoft.Data.Sqlite;
using OptFm.EndToEnd.Tests.Repository;

namespace OptFm.EndToEnd.Tests.Faults;

/// <summary>Proves: a restore killed at any moment leaves all of the old state or all of the new one to the server that starts next.</summary>
public sealed class RestoreKillTests
{
    [Theory]
    [InlineData(".optfm-work-*/files")]
    [InlineData(".optfm-work-*/files/optfm.db")]
    [InlineData("before-restore-*")]
    [InlineData("optfm.db.restoring")]
    [InlineData("faq.json.restoring")]
    [InlineData("restore-unfinished.json")]
    [InlineData("before-restore-*/optfm.db")]
    [InlineData("before-restore-*/settings.env")]
    public async Task Killed_once_this_is_there(string path)
    {
        await using var server = await RealServer.StartAsync();
        await server.StopAsync();
        var state = new State(server.Folder);
        state.Set("restored");
        await RunToItsEndAsync(server, "backup", "--to", server.Folder);
        var backup = Directory.GetFiles(server.Folder, "optfm-*.tar.gz").ShouldHaveSingleItem();
        state.Set("before");

        using (var restore = Start(server, "restore", backup))
        {
            // Whether the kill comes at once or a blink later is chance; any moment must do.
            SpinWait.SpinUntil(() => restore.HasExited || IsThere(Path.Combine(server.Folder, "var"), path.Split('/')), TimeSpan.FromMinutes(1));
            restore.Kill();
            await restore.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        await server.StartAgainAsync(TestContext.Current.CancellationToken);
        (await server.StopAsync()).ShouldBe(0);
        var left = state.Read();
        left.Distinct().ShouldHaveSingleItem($"a mixture: {string.Join(", ", left)}");

        await RunToItsEndAsync(server, "restore", backup);
        state.Read().ShouldAllBe(part => part == "restored");
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

    private static Process Start(RealServer server, params string[] arguments)
    {
        var start = new ProcessStartInfo(ServerBinary.Path, arguments) { WorkingDirectory = server.Folder, UseShellExecute = false, RedirectStandardOutput = true };
        foreach (var setting in OptFm.Server.Settings.ServerSettings.All) start.Environment.Remove(setting.Name);
        return Process.Start(start)!;
    }

    private static async Task RunToItsEndAsync(RealServer server, params string[] arguments)
    {
        using var process = Start(server, arguments);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.ExitCode.ShouldBe(0);
    }

    /// <summary>One word, written into the database, the settings and the FAQ.</summary>
    private sealed class State(string folder)
    {
        private readonly string _settings = Path.Combine(folder, ".env");
        private readonly string _faq = Path.Combine(folder, "var", "faq.json");
        private readonly string _database = new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder, "var", "optfm.db"), Pooling = false }.ToString();

        public void Set(string word)
        {
            File.WriteAllText(_settings, $"FAQ_FILE=var/faq.json\n#{word}");
            File.WriteAllText(_faq, File.ReadAllText(Checkout.PathOf("data/faq.json")) + new string('\n', word.Length));
            Ask($"INSERT OR REPLACE INTO poll_marker (channel, marker) VALUES ('state', '{word}')");
        }

        public IReadOnlyList<string> Read()
        {
            var faq = File.ReadAllText(_faq).Length - File.ReadAllText(Checkout.PathOf("data/faq.json")).Length;
            return [File.ReadAllText(_settings).Split('#')[1], faq == "before".Length ? "before" : "restored", Ask("SELECT marker FROM poll_marker WHERE channel = 'state'")];
        }

        private string Ask(string sql)
        {
            using var connection = new SqliteConnection(_database);
            connection.Open();
            using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Every statement is the tests' own.
            command.CommandText = sql;
#pragma warning restore CA2100
            return command.ExecuteScalar() as string ?? "";
        }
    }
}

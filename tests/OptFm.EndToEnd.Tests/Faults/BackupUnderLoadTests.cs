using System.Diagnostics;
using System.Text.Json.Nodes;

namespace OptFm.EndToEnd.Tests.Faults;

/// <summary>
/// Proves, with the real executable: a backup made while a crowd writes holds every message acknowledged before it began; after everything
/// was destroyed it brings all of them back and the server goes on; and a server that runs is not restored into.
/// </summary>
public sealed class BackupUnderLoadTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(FaultStore.Sqlite)]
    [InlineData(FaultStore.Postgres)]
    public async Task Everything_acknowledged_before_a_backup_under_load_survives_the_loss_of_everything_else(string kind)
    {
        var safe = Directory.CreateTempSubdirectory("optfm-safe-");
        await using var store = await FaultStore.OpenAsync(kind);
        await using var stage = await Stage.OpenAsync(Seeds.Next(output), store.Settings);
        var server = stage.Server.Server;
        try
        {
            await stage.AskAsync(chats: 200, questions: 3);
            var before = await store.KeysAsync(server);

            var backup = BackUpAsync(store, server, safe.FullName);
            while (!backup.IsCompleted) await stage.AskAsync(chats: 50, questions: 3);
            var file = await backup;

            var refused = await RunAsync(store, server, "restore", file);
            refused.Code.ShouldBe(1);
            refused.Output.ShouldContain("systemctl stop optfm");
            (await stage.SettleAsync()).Lost.ShouldBe(0);
            var after = await store.KeysAsync(server);

            await store.DestroyAsync(server);
            (await RunAsync(store, server, "backup", "verify", file)).Code.ShouldBe(0);
            var restored = await RunAsync(store, server, "restore", file);
            restored.Code.ShouldBe(0, restored.Output);

            var back = await store.KeysAsync(server);
            before.Except(back).ShouldBeEmpty("acknowledged before the backup");
            after.Count.ShouldBeGreaterThan(before.Count, "the backup was made under load");
            back.Except(after).ShouldBeEmpty("nothing is made up");
            output.WriteLine($"{before.Count} messages before, {back.Count} restored, {after.Count} at the end");
            await stage.Server.StartAsync();
            await stage.AskAsync(chats: 1, questions: 1);
            (await store.KeysAsync(server)).Count.ShouldBe(back.Count + 1);
            if (kind == FaultStore.Sqlite) Integrity(server).ShouldBe("ok");
        }
        finally
        {
            safe.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData(FaultStore.Sqlite)]
    [InlineData(FaultStore.Postgres)]
    public async Task Health_tells_how_backups_are_and_stays_healthy(string kind)
    {
        await using var store = await FaultStore.OpenAsync(kind);
        await using var server = await RealServer.StartAsync(store.Settings.ToDictionary(setting => setting.Name, setting => setting.Value, StringComparer.Ordinal));
        (await BackupHealthAsync(server)).ShouldBe("off");

        (await RunAsync(store, server, "backup", "--to", "/proc/nowhere")).Code.ShouldBe(1);
        (await BackupHealthAsync(server)).ShouldBe("degraded");

        (await RunAsync(store, server, "backup")).Code.ShouldBe(0);
        (await BackupHealthAsync(server)).ShouldBe("ok");
    }

    private static async Task<string> BackupHealthAsync(RealServer server)
    {
        // The server looks at most once a second.
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(1100), TimeProvider.System);
        await pause.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        using var answer = await server.Client.GetAsync("/health", TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
        var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        return body["components"]!["backup"]!["status"]!.GetValue<string>();
    }

    private static async Task<string> BackUpAsync(FaultStore store, RealServer server, string folder)
    {
        var (code, said) = await RunAsync(store, server, "backup", "--to", folder);
        code.ShouldBe(0, said);
        return Directory.GetFiles(folder).ShouldHaveSingleItem();
    }

    /// <summary>Another process with the server's settings, as the administrator's shell.</summary>
    private static async Task<(int Code, string Output)> RunAsync(FaultStore store, RealServer server, params string[] arguments)
    {
        var start = new ProcessStartInfo(ServerBinary.Path, arguments) { WorkingDirectory = server.Folder, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var setting in OptFm.Server.Settings.ServerSettings.All) start.Environment.Remove(setting.Name);
        start.Environment["OPTFM_LANG"] = "en";
        foreach (var (name, value) in store.Settings) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, said + await errors);
    }

    private static string Integrity(RealServer server)
    {
        using var stored = Stored.Of(server);
        return stored.Integrity();
    }
}

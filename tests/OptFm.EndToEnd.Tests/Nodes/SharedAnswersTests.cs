using System.Net.Http.Json;
using System.Text.Json;
using OptFm.Postgres;

namespace OptFm.EndToEnd.Tests.Nodes;

/// <summary>Proves: two servers on one PostgreSQL answer alike, whichever of them has the file that was edited.</summary>
public sealed class SharedAnswersTests : IAsyncDisposable
{
    private readonly PrivatePostgres _postgres = new(durable: false);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("optfm-shared-");

    private string Faq => Path.Combine(_folder.FullName, "faq.json");

    public async ValueTask DisposeAsync()
    {
        await _postgres.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task An_edit_at_one_node_is_what_customers_of_both_are_told_and_a_node_without_the_file_starts_with_it()
    {
        var problem = await _postgres.StartedAsync();
        Assert.SkipWhen(problem is not null, problem ?? "");
        var database = await _postgres.DatabaseAsync();
        Write("Пять дней.");
        await using var one = await StartAsync(database, Faq);
        await using var other = await StartAsync(database, faq: null);
        await UntilAnsweredAsync(other, "Пять дней.");

        Write("Три дня.");
        await UntilAnsweredAsync(one, "Три дня.");
        await UntilAnsweredAsync(other, "Три дня.");

        await other.KillAsync();
        await File.WriteAllTextAsync(Faq, "[{]");
        await one.WaitForLineAsync(line => line.Contains("Kept the previous version"));
        await other.StartAgainAsync();
        (await AskAsync(other)).ShouldContain("Три дня.");
        (await AskAsync(one)).ShouldContain("Три дня.");
    }

    [Fact]
    public async Task The_command_imports_for_servers_that_run_and_refuses_what_they_would_refuse()
    {
        var problem = await _postgres.StartedAsync();
        Assert.SkipWhen(problem is not null, problem ?? "");
        var database = await _postgres.DatabaseAsync();
        Write("Пять дней.");
        await using var server = await StartAsync(database, faq: null);

        (await RunAsync(database, "content", "import", "faq", Faq)).ShouldContain("faq: version 1; the servers swap to it within a second");
        await UntilAnsweredAsync(server, "Пять дней.");

        await File.WriteAllTextAsync(Faq, "[{]");
        (await RunAsync(database, "content", "import", "faq", Faq)).ShouldContain("line 1, column 3");
        (await RunAsync(database, "content", "list")).ShouldContain("faq\t1\t");
        var exported = Path.Combine(_folder.FullName, "exported.json");
        await RunAsync(database, "content", "export", "faq", exported);
        (await File.ReadAllTextAsync(exported)).ShouldContain("Пять дней.");
        (await RunAsync("", "content", "list")).ShouldContain("On SQLite the bot answers from the files themselves");
    }

    private void Write(string answer) =>
        File.WriteAllText(Faq, $$"""[{"id": 1, "question": "Сколько идёт доставка?", "keywords": ["доставка"], "answer": "{{answer}}"}]""");

    private static Task<RealServer> StartAsync(string database, string? faq)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["DATABASE_URL"] = database };
        if (faq is not null) settings["FAQ_FILE"] = faq;
        return RealServer.StartAsync(settings);
    }

    private static async Task<string> AskAsync(RealServer server)
    {
        using var response = await server.Client.PostAsJsonAsync("/webhook/max/test", new { text = "Сколько идёт доставка?" });
        var json = await response.Content.ReadFromJsonAsync<JsonElement>();
        return json.TryGetProperty("bot_response", out var answer) ? answer.GetString()! : "";
    }

    private static async Task UntilAnsweredAsync(RealServer server, string answer)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!(await AskAsync(server)).Contains(answer)) await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, patience.Token);
    }

    private async Task<string> RunAsync(string database, params string[] arguments)
    {
        var environment = new Dictionary<string, string?>(StringComparer.Ordinal) { ["DATABASE_URL"] = database, ["OPTFM_LANG"] = "en", ["FAQ_FILE"] = null };
        await using var command = ServerProcess.Start(ServerBinary.Path, arguments, _folder.FullName, environment);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await command.Process.WaitForExitAsync(patience.Token);
        return string.Join('\n', command.Lines);
    }
}

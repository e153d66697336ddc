using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using OptFm.Postgres;
using OptFm.Sandbox;

namespace OptFm.EndToEnd.Tests.Faults;

/// <summary>
/// Proves: of two real servers on one PostgreSQL either may be killed at any time, also the one that fetches the updates. The other takes up
/// its chats and its polling, loses nothing and keeps every chat's order.
/// </summary>
public sealed class NodeKillTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Chats = 30;
    private const int QuestionsPerChat = 4;

    private readonly PrivatePostgres _postgres = new(durable: true);
    private readonly CookieContainer _cookies = new();
    private string _database = "";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var problem = await _postgres.StartedAsync();
        Assert.SkipWhen(problem is not null, problem ?? "");
        _database = await _postgres.DatabaseAsync();
    }

    public ValueTask DisposeAsync() => _postgres.DisposeAsync();

    [Fact]
    public async Task The_other_node_takes_up_the_chats_and_the_polling_of_a_killed_one()
    {
        var seed = Seeds.Next(output);
        await using var sandbox = await SandboxServer.StartAsync(FaultSettings.Sandbox(seed));
        var settings = FaultSettings.TelegramPolling(sandbox);
        settings["DATABASE_URL"] = _database;
        await using var one = await RealServer.StartAsync(settings, Stop);
        await using var other = await RealServer.StartAsync(settings, Stop);
        var prompts = await Prompts.LearnAsync(sandbox.Log, (chat, question) => sandbox.Telegram.CustomerSaysAsync(chat, question));
        var ledger = new Ledger();
        sandbox.Log.Sent.OnAdded = ledger.Receive;
        var random = new Random(seed);

        await AskAsync(1);
        await ledger.After(random.Next(1, Chats));
        await one.KillAsync();
        ledger.NextLife();
        await AskAsync(2);
        await other.WaitForLineAsync(line => line.Contains("is dead", StringComparison.Ordinal), Stop);
        await one.StartAgainAsync(Stop);
        await AskAsync(3);
        await ledger.After(random.Next(1, Chats));
        await other.KillAsync();
        ledger.NextLife();
        await ledger.AllAnsweredAsync(TimeSpan.FromSeconds(90));
        (await one.StopAsync()).ShouldBe(0);

        var account = ledger.Settle();
        var unknown = Convert.ToInt64(await AskDatabaseAsync("SELECT COALESCE(SUM(unknowns), 0) FROM outbox"), CultureInfo.InvariantCulture);
        output.WriteLine($"{account}; {unknown} sends of unknown outcome");
        account.Lost.ShouldBe(0);
        account.Unasked.ShouldBeEmpty();
        account.ChatsOutOfOrder.ShouldBeEmpty();
        account.Duplicates.Values.Sum().ShouldBeLessThanOrEqualTo((int)unknown);

        async Task AskAsync(int round)
        {
            var asked = Enumerable.Range(round * 1000, Chats).ToDictionary(chat => $"{chat}", _ => prompts.OrderBy(_ => random.Next()).Take(QuestionsPerChat).ToList());
            for (var i = 0; i < QuestionsPerChat; i++)
            {
                foreach (var (chat, questions) in asked)
                {
                    ledger.Promise(chat, questions[i].Reply);
                    await sandbox.Telegram.CustomerSaysAsync(chat, questions[i].Question);
                }
            }
        }
    }

    [Fact]
    public async Task A_page_that_listens_at_one_node_gets_what_was_asked_at_the_other_and_either_shows_the_whole_chat()
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["DATABASE_URL"] = _database };
        await using var one = await RealServer.StartAsync(settings);
        await using var other = await RealServer.StartAsync(settings);
        using var browser = new HttpClient(new HttpClientHandler { CookieContainer = _cookies });
        using var events = await ListenAsync(browser, one);

        await SayAsync(browser, other, "first", "Как оформить заказ?");
        await NextReplyAsync(events);
        await SayAsync(browser, one, "second", "Как оплатить?");
        await NextReplyAsync(events);

        using var again = await ListenAsync(browser, other);
        (await NextReplyAsync(again)).ShouldContain("Как оформить заказ?");
        (await NextReplyAsync(again)).ShouldContain("Как оплатить?");
        (await browser.GetStringAsync(new Uri(other.BaseAddress, "/health"), Stop)).ShouldContain("\"living\":2");
    }

    private static async Task<StreamReader> ListenAsync(HttpClient browser, RealServer server) =>
        new(await browser.GetStreamAsync(new Uri(server.BaseAddress, "/chat/events"), Stop));

    private static async Task SayAsync(HttpClient browser, RealServer server, string id, string text)
    {
        using var content = JsonContent.Create(new { id, text });
        using var answer = await browser.PostAsync(new Uri(server.BaseAddress, "/chat/messages"), content, Stop);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    /// <summary>Well before the page would look by itself, which it does each 15 s.</summary>
    private static async Task<string> NextReplyAsync(StreamReader events)
    {
        while (await events.ReadLineAsync(Stop).AsTask().WaitAsync(TimeSpan.FromSeconds(60), TimeProvider.System, Stop) is { } line)
        {
            line.ShouldNotBe("event: beat", "the page had to look by itself");
            if (line.StartsWith("data: {\"", StringComparison.Ordinal)) return line;
        }

        throw new EndOfStreamException();
    }

    private Task<object?> AskDatabaseAsync(string sql) => _postgres.AskAsync(sql, _database[(_database.LastIndexOf('/') + 1)..]);
}

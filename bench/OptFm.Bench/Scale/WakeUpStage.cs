using System.Globalization;
using System.Text;
using Npgsql;
using OptFm.Bench.Pipeline;
using OptFm.Server.Channels;
using OptFm.Server.Inbox;
using OptFm.Server.Storage.Postgres;

namespace OptFm.Bench.Scale;

/// <summary>
/// How long an update lies before an idle node claims it, by the database's clock: triggers note when the statement ran that stored it and
/// when the one that claimed its lane did. Stored through the node's own webhook, and by another process, which has no workers.
/// </summary>
internal sealed class WakeUpStage(Workbench bench) : IDisposable
{
    private const string Noting = """
        CREATE UNLOGGED TABLE noted (what TEXT NOT NULL, chat TEXT NOT NULL, at TIMESTAMPTZ NOT NULL);
        CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN INSERT INTO noted VALUES (TG_ARGV[0], NEW.chat, clock_timestamp()); RETURN NULL; END';
        CREATE TRIGGER stored AFTER INSERT ON inbox FOR EACH ROW EXECUTE FUNCTION note('stored');
        CREATE TRIGGER claimed AFTER UPDATE ON lane FOR EACH ROW WHEN (NEW.queue = 'in' AND OLD.claimed = 0 AND NEW.claimed <> 0) EXECUTE FUNCTION note('claimed');
        """;

    private const long OwnId = 4_000_000_000;
    private const long OthersId = 5_000_000_000;

    /// <summary>Until the node has put the message before aside; of a length that keeps no step with its timers.</summary>
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(61);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _heard = new(0);
    private readonly TimeProvider _clock = TimeProvider.System;

    public async Task<WakeUpReport> RunAsync(CancellationToken stop)
    {
        await using var installation = await bench.PostgresAsync();
        await installation.StartAsync(1, stop);
        var store = (PostgresUnderTest)installation.Store;
        await store.FillAsync([Noting], stop);
        installation.Rehearse();
        bench.Max.Tell((_, _) => _heard.Release());
        await ThroughWebhookAsync(installation, stop);
        var committed = await ByAnotherProcessAsync(store, stop);
        bench.Max.Tell((_, _) => { });

        var (own, others) = (await WaitsAsync(store, OwnId, stop), await WaitsAsync(store, OthersId, stop));
        return new()
        {
            Messages = bench.Options.WakeUps,
            SameNode = Spread.Of(own.Values.Select(times => times.Claimed - times.Stored)),
            OtherNode = Spread.Of(others.Values.Select(times => times.Claimed - times.Stored)),
            OtherNodeFromCommit = Spread.Of(others.Select(times => times.Value.Claimed - committed[times.Key])),
        };
    }

    public void Dispose() => _heard.Dispose();

    private async Task ThroughWebhookAsync(Installation installation, CancellationToken stop)
    {
        using var http = HttpConnection.To(installation.Addresses[0], Patience);
        var requests = new UpdateRequests(bench.Questions);
        for (var i = 0; i < bench.Options.WakeUps; i++)
        {
            http.Send(requests.Of(OwnId + i, turn: 0, question: 0));
            http.Read(out _);
            await AnsweredAsync(stop);
        }
    }

    /// <returns>When each was known to be committed.</returns>
    private async Task<Dictionary<string, DateTime>> ByAnotherProcessAsync(PostgresUnderTest store, CancellationToken stop)
    {
        using var database = PostgresDatabase.Open(new PostgresOptions(store.Address(), PostgresOptions.FewestConnections), _clock);
        var (inbox, committed) = (new InboxStore(database, database.Clock!), new Dictionary<string, DateTime>(StringComparer.Ordinal));
        for (var i = 0; i < bench.Options.WakeUps; i++)
        {
            var chat = string.Create(CultureInfo.InvariantCulture, $"{OthersId + i}");
            var update = new Update($"wake-up {i}", "message_created", chat) { Message = new InboundMessage(InboundKind.Text, chat, bench.Questions.Texts[0]) };
            await inbox.StoreAsync("max", update, Encoding.UTF8.GetBytes(UpdateRequests.Json(bench.Questions.Texts[0], OthersId + i, i)));
            committed.Add(chat, _clock.GetUtcNow().UtcDateTime);
            await AnsweredAsync(stop);
        }

        return committed;
    }

    private async Task AnsweredAsync(CancellationToken stop)
    {
        if (!await _heard.WaitAsync(Patience, stop)) throw new BenchException("no reply came");
        await Task.Delay(Idle, _clock, stop);
    }

    private static async Task<Dictionary<string, (DateTime Stored, DateTime Claimed)>> WaitsAsync(PostgresUnderTest store, long firstId, CancellationToken stop)
    {
        await using var connection = await store.OpenAsync(stop);
        await using var command = new NpgsqlCommand(
            """
            SELECT chat, min(at) FILTER (WHERE what = 'stored'), min(at) FILTER (WHERE what = 'claimed') FROM noted
            WHERE chat::bigint >= $1 AND chat::bigint < $1 + 1000000000 GROUP BY chat
            """,
            connection)
        { Parameters = { new() { Value = firstId } } };
        await using var reader = await command.ExecuteReaderAsync(stop);
        var waits = new Dictionary<string, (DateTime, DateTime)>(StringComparer.Ordinal);
        while (await reader.ReadAsync(stop)) waits.Add(reader.GetString(0), (reader.GetDateTime(1), reader.GetDateTime(2)));
        return waits;
    }
}

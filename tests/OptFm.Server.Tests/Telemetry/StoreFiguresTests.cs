using OptFm.Server.Backups;
using OptFm.Server.Outbox;
using OptFm.Server.Storage;
using OptFm.Server.Telemetry;
using OptFm.Server.Tests.Operations;
using OptFm.Server.Tests.Storage;

namespace OptFm.Server.Tests.Telemetry;

/// <summary>Proves: depth and age are right and cheap to look up, and a database that hangs holds nobody up.</summary>
public sealed class StoreFiguresTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("optfm-figures-");
    private readonly Database _database;

    private readonly PostgresServer _server;

    public StoreFiguresTests(PostgresServer server) => (_database, _server) = (SqliteDatabase.OpenToServe(File), server);

    private string File => System.IO.Path.Combine(_folder.FullName, "optfm.db");

    public void Dispose()
    {
        _database.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task The_oldest_of_what_waits_gives_the_age_and_what_is_done_does_not_count()
    {
        await _database.WriteAsync(session =>
        {
            Update(session, "max", "1", state: 1, received: 100);
            Update(session, "max", "9", state: 0, received: 500);
            Update(session, "max", "1", state: 0, received: 700);
            Update(session, "telegram", "1", state: 0, received: 50);
            OutboxStore.Add(session, "max", "1", null, "{}", 900);
            return true;
        });
        var figures = new StoreFigures(_database, File, ["max", "web"], () => BackupJournal.Empty, TimeProvider.System);

        await figures.RefreshAsync();

        figures.Latest.Writable.ShouldBeTrue();
        figures.Latest.Read!.Queues.ShouldBe([("max", new QueueDepth(2, 500), new QueueDepth(1, 900)), ("web", new QueueDepth(0, null), new QueueDepth(0, null))]);
        figures.Latest.Read.DatabaseBytes.ShouldBeGreaterThan(0);
        figures.Latest.Read.FreeBytes.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task On_postgresql_the_same_figures_are_told()
    {
        using var shared = Server.Storage.Postgres.PostgresDatabase.Open(await _server.DatabaseAsync(), TimeProvider.System);
        await shared.WriteAsync(session =>
        {
            session.Execute("INSERT INTO inbox (channel, key, chat, type, body, state, received_at) VALUES ('max', 'a', '1', 'x', @body, 0, 500)", ("@body", "{}"u8.ToArray()));
            OutboxStore.Add(session, "max", "1", null, "{}", 900);
            return true;
        });
        var figures = new StoreFigures(shared, File, ["max"], () => BackupJournal.Empty, TimeProvider.System);

        await figures.RefreshAsync();

        figures.Latest.Writable.ShouldBeTrue();
        figures.Latest.Read.ShouldNotBeNull().Queues.ShouldBe([("max", new QueueDepth(1, 500), new QueueDepth(1, 900))]);
        figures.Latest.Read.DatabaseBytes.ShouldBeGreaterThan(1 << 20);
        figures.Latest.Read.LogBytes.ShouldBe(0);
    }

    [Fact]
    public async Task Counting_stops_where_it_would_become_dear()
    {
        await _database.WriteAsync(session =>
        {
            for (var i = 0; i < QueueDepth.Most + 5; i++) Update(session, "max", $"{i}", state: 0, received: 1000 + i);
            return true;
        });

        _database.Read(session => QueueDepth.OfInbox(session, "max")).ShouldBe(new QueueDepth(QueueDepth.Most, 1000));
    }

    [Theory]
    [InlineData("SELECT id FROM inbox INDEXED BY inbox_pending WHERE channel = @channel AND state = 0 LIMIT @most")]
    [InlineData("SELECT id FROM outbox INDEXED BY outbox_waiting WHERE channel = @channel AND state < 2 LIMIT @most")]
    public void What_is_done_is_not_even_looked_at(string select)
    {
        var plan = _database.Read(session => session.All("EXPLAIN QUERY PLAN " + select, r => r.GetString(3), ("@channel", "max"), ("@most", 1)));

        plan.ShouldHaveSingleItem().ShouldMatch(@"^SEARCH (inbox|outbox) USING (COVERING )?INDEX (inbox_pending|outbox_waiting) \(channel=\?\)$");
    }

    [Fact]
    public async Task A_writer_that_hangs_shows_as_down_and_the_rest_is_still_told()
    {
        using var held = new ManualResetEventSlim();
        using var reached = new ManualResetEventSlim();
        var hanging = _database.WriteAsync(_ =>
        {
            reached.Set();
            held.Wait(TestContext.Current.CancellationToken);
            return true;
        });
        await Wait.Until(() => reached.IsSet);
        var figures = new StoreFigures(_database, File, ["max"], () => BackupJournal.Empty, TimeProvider.System);

        await figures.RefreshAsync();

        figures.Latest.Writable.ShouldBeFalse();
        figures.Latest.Read.ShouldNotBeNull();
        held.Set();
        (await hanging).ShouldBeTrue();
        await Wait.Until(() => Refreshed(figures));
    }

    [Fact]
    public async Task A_lost_table_leaves_the_figures_unknown_instead_of_breaking_the_page()
    {
        await _database.WriteAsync(session => session.Execute("DROP TABLE outbox") + session.Execute("DROP TABLE heartbeat"));
        var figures = new StoreFigures(_database, File, ["max"], () => BackupJournal.Empty, TimeProvider.System);

        await figures.RefreshAsync();

        figures.Latest.ShouldBe(StoreState.Unknown);
    }

    private static bool Refreshed(StoreFigures figures) => figures.RefreshAsync().IsCompleted && figures.Latest.Writable;

    private static void Update(Session session, string channel, string chat, int state, long received) => session.Execute(
        "INSERT INTO inbox (channel, key, chat, type, body, state, received_at) VALUES (@channel, @key, @chat, 'text', x'00', @state, @at)",
        ("@channel", channel), ("@key", Guid.NewGuid().ToString()), ("@chat", chat), ("@state", state), ("@at", received));
}

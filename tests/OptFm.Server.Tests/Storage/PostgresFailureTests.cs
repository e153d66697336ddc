using System.Globalization;
using Npgsql;
using OptFm.Server.Outbox;
using OptFm.Server.Storage;
using OptFm.Server.Storage.Postgres;
using BotPath = OptFm.Server.Tests.MessagePath.Path;

namespace OptFm.Server.Tests.Storage;

/// <summary>A server that goes away and comes back: what was acknowledged is there, and nothing is half done.</summary>
public sealed class PostgresFailureTests : IAsyncDisposable
{
    private readonly PostgresServer _server = PostgresServer.OfItsOwn();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_connection_that_was_cut_is_made_again_without_anybody_noticing()
    {
        using var database = PostgresDatabase.Open(await _server.DatabaseAsync(), TimeProvider.System);
        for (var i = 0; i < 8; i++) await AddAsync(database, $"before {i}");

        (await _server.AskAsync("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'optfm'")).ShouldBeOfType<long>().ShouldBeGreaterThan(1);

        for (var i = 0; i < 8; i++) await AddAsync(database, $"after {i}");
        Count(database).ShouldBe(16);
    }

    [Fact]
    public async Task Without_a_server_nothing_is_stored_and_everything_says_so_until_it_is_back()
    {
        using var database = PostgresDatabase.Open(await _server.DatabaseAsync(), TimeProvider.System);
        for (var i = 0; i < 8; i++) await AddAsync(database, $"before {i}");

        await _server.StopAtOnceAsync();
        for (var i = 0; i < 8; i++) (await Should.ThrowAsync<StoreException>(AddAsync(database, $"lost {i}"))).Message.ShouldContain("PostgreSQL");
        Should.Throw<StoreException>(() => Count(database));

        await _server.StartAgainAsync();
        await UntilAsync(() => AddsAsync(database));
        Count(database).ShouldBe(8 + 1);
    }

    [Fact]
    public async Task Messages_come_through_a_server_that_stops_again_and_again()
    {
        const int Chats = 6, Messages = 30;
        await using var path = BotPath.Open(PostgresDatabase.Open(await _server.DatabaseAsync(), TimeProvider.System)).Running();

        var saying = Task.WhenAll(Enumerable.Range(0, Chats).Select(chat => TalkAsync(path, $"{chat}", Messages)));
        for (var i = 0; i < 3; i++)
        {
            await BotPath.UntilAsync(() => path.Channel.Sent.Count >= (i + 1) * 10 || saying.IsCompleted);
            await _server.StopAtOnceAsync();
            await _server.StartAgainAsync();
        }

        await saying;
        await BotPath.UntilAsync(() => Sent(path) == Chats * Messages);
        foreach (var chat in Enumerable.Range(0, Chats))
        {
            // A reply can come twice where the server was gone when its fate was to be stored, but never late or not at all.
            path.Channel.SentTo($"{chat}").Select(text => int.Parse(text, CultureInfo.InvariantCulture)).ShouldBeInOrder();
            path.Channel.SentTo($"{chat}").Distinct().Count().ShouldBe(Messages);
        }
    }

    [Fact]
    public async Task A_server_that_has_become_a_standby_stores_nothing_until_one_takes_writes()
    {
        var options = await _server.DatabaseAsync();
        using var database = PostgresDatabase.Open(options, TimeProvider.System);
        await AddAsync(database, "before");

        await _server.AskAsync($"ALTER DATABASE {options.Address.Database} SET default_transaction_read_only = on");
        await _server.AskAsync("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'optfm'");
        await UntilAsync(async () => !await AddsAsync(database));
        (await Should.ThrowAsync<StoreException>(AddAsync(database, "lost"))).Message.ShouldContain("takes no writes");

        await _server.AskAsync($"ALTER DATABASE {options.Address.Database} RESET default_transaction_read_only");
        await UntilAsync(() => AddsAsync(database));
    }

    [Fact]
    public async Task A_server_without_a_free_connection_is_asked_again_until_it_has_one()
    {
        var options = await _server.DatabaseAsync();
        var name = options.Address.Database!;
        await _server.AskAsync($"CREATE ROLE app LOGIN PASSWORD 'app'; ALTER DATABASE {name} OWNER TO app");
        var address = new NpgsqlConnectionStringBuilder(options.Address.ConnectionString) { Username = "app", Password = "app" };
        using var database = PostgresDatabase.Open(options with { Address = address }, TimeProvider.System);
        await AddAsync(database, "before");

        await _server.AskAsync("ALTER ROLE app CONNECTION LIMIT 0");
        await _server.AskAsync("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE usename = 'app'");
        await UntilAsync(async () => !await AddsAsync(database));
        (await Should.ThrowAsync<StoreException>(AddAsync(database, "lost"))).Message.ShouldContain("no connection left");

        await _server.AskAsync("ALTER ROLE app CONNECTION LIMIT -1");
        await UntilAsync(() => AddsAsync(database));
    }

    private static async Task UntilAsync(Func<Task<bool>> happens)
    {
        while (!await happens()) await Task.Yield();
    }

    private static async Task TalkAsync(BotPath path, string chat, int messages)
    {
        for (var i = 0; i < messages; i++)
        {
            // As a messenger does: what was not acknowledged is delivered again under the same key.
            while (!await SaysAsync(path, chat, $"{i}")) await Task.Yield();
        }
    }

    private static async Task<bool> SaysAsync(BotPath path, string chat, string text)
    {
        try
        {
            await path.SaysAsync(chat, text, key: $"{chat} {text}");
            return true;
        }
        catch (StoreException)
        {
            return false;
        }
    }

    private static int Sent(BotPath path)
    {
        try
        {
            return path.Replies(OutboxState.Sent).Count;
        }
        catch (StoreException)
        {
            return 0;
        }
    }

    private static Task<int> AddAsync(Database database, string channel) => database.WriteAsync(
        Turn.Of(channel, channel), session => session.Execute("INSERT INTO poll_marker (channel, marker) VALUES (@channel, '') ON CONFLICT (channel) DO UPDATE SET marker = ''", ("@channel", channel)));

    private static async Task<bool> AddsAsync(Database database)
    {
        try
        {
            return await AddAsync(database, "back") == 1;
        }
        catch (StoreException)
        {
            return false;
        }
    }

    private static long Count(Database database) => database.Read(session => session.First("SELECT count(*) FROM poll_marker", r => r.GetInt64(0)));
}

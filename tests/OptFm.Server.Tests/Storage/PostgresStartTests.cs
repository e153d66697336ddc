using Npgsql;
using OptFm.Server.Storage;
using OptFm.Server.Storage.Postgres;

namespace OptFm.Server.Tests.Storage;

/// <summary>What a node says and does about its server when it starts.</summary>
public sealed class PostgresStartTests(PostgresServer server)
{
    [Fact]
    public void Both_databases_have_the_same_migrations() =>
        Migrator.Postgres.Select(file => file.Name).ShouldBe(Migrator.Sqlite.Select(file => file.Name), "write the missing one, under the same name, in Migrations or Migrations/Postgres");

    [Fact]
    public async Task Nodes_that_start_at_once_on_an_empty_database_make_it_once()
    {
        var options = await server.DatabaseAsync();

        var nodes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => PostgresDatabase.Open(options, TimeProvider.System))));

        foreach (var node in nodes) node.Dispose();
    }

    [Fact]
    public async Task A_database_made_by_a_newer_program_is_refused()
    {
        var options = await server.DatabaseAsync();
        PostgresDatabase.Open(options, TimeProvider.System).Dispose();
        await server.AskAsync("UPDATE optfm_schema SET version = 999", options.Address.Database!);

        var refused = Should.Throw<StoreException>(() => PostgresDatabase.Open(options, TimeProvider.System));

        refused.Message.ShouldContain("newer optfm");
        refused.InRussian.ShouldContain("более новый optfm");
    }

    [Fact]
    public async Task A_wrong_password_is_named_and_not_told()
    {
        var options = await server.DatabaseAsync();
        var url = server.Url(options.Address.Database!, password: "hunter2");

        var refused = Should.Throw<StoreException>(() => PostgresDatabase.Open(new(PostgresUrl.Read(url), 8), TimeProvider.System));

        refused.Message.ShouldContain("the password in DATABASE_URL is wrong");
        refused.MayPass.ShouldBeFalse();
        refused.InRussian.ShouldContain("пароль в DATABASE_URL неверен");
        refused.ToString().ShouldNotContain("hunter2");
    }

    [Fact]
    public async Task A_database_that_is_not_there_is_named_with_the_command_that_makes_it()
    {
        await server.DatabaseAsync();

        Should.Throw<StoreException>(() => PostgresDatabase.Open(new(PostgresUrl.Read(server.Url("nowhere")), 8), TimeProvider.System)).Message.ShouldContain("createdb");
    }

    [Fact]
    public void A_server_that_does_not_run_is_named_with_what_to_look_at()
    {
        // Port 9 (discard) of this machine: nothing listens there.
        var refused = Should.Throw<StoreException>(() => PostgresDatabase.Open(new(PostgresUrl.Read("postgresql://optfm:hunter2@127.0.0.1:9/optfm"), 8), TimeProvider.System));

        refused.Message.ShouldStartWith("127.0.0.1:9/optfm cannot be reached");
        refused.Message.ShouldContain("systemctl status postgresql");
        refused.MayPass.ShouldBeTrue("a service that starts before its database must try again");
        refused.ToString().ShouldNotContain("hunter2");
    }

    [Fact]
    public async Task The_first_of_several_hosts_that_takes_writes_is_used()
    {
        var options = await server.DatabaseAsync();
        var address = new NpgsqlConnectionStringBuilder(options.Address.ConnectionString) { Host = "127.0.0.1:9," + options.Address.Host, TargetSessionAttributes = "read-write" };

        using var database = PostgresDatabase.Open(new(address, 8), TimeProvider.System);

        (await database.WriteAsync(session => session.Execute("INSERT INTO poll_marker (channel) VALUES ('max')"))).ShouldBe(1);
    }

    [Fact]
    public async Task No_more_connections_are_opened_than_allowed()
    {
        var options = await server.DatabaseAsync(connections: 5);
        using var database = PostgresDatabase.Open(options, TimeProvider.System);

        await Task.WhenAll(Enumerable.Range(0, 200).Select(n => database.WriteAsync(
            Turn.Of("max", $"{n}"), session => session.Execute("INSERT INTO poll_marker (channel) VALUES (@channel)", ("@channel", $"{n}")))));
        Parallel.For(0, 50, _ => database.Read(session => session.First("SELECT count(*) FROM poll_marker", r => r.GetInt64(0))).ShouldBe(200));

        (await server.AskAsync($"SELECT count(*) FROM pg_stat_activity WHERE datname = '{options.Address.Database}'")).ShouldBeOfType<long>().ShouldBeInRange(1, 5);
    }
}

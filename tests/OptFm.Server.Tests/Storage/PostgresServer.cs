using OptFm.Postgres;
using OptFm.Server.Storage.Postgres;

[assembly: AssemblyFixture(typeof(OptFm.Server.Tests.Storage.PostgresServer))]

namespace OptFm.Server.Tests.Storage;

/// <summary>The PostgreSQL that tests share, a database for each.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private readonly PrivatePostgres _server;

    public PostgresServer()
        : this(durable: false)
    {
    }

    private PostgresServer(bool durable) => _server = new(durable);

    /// <summary>One for a test that stops it, or that wants every commit on the disk.</summary>
    public static PostgresServer OfItsOwn() => new(durable: true);

    /// <summary>An empty database. Skips the test where PostgreSQL is not installed.</summary>
    public async Task<PostgresOptions> DatabaseAsync(int connections = 8)
    {
        var problem = await _server.StartedAsync();
        Assert.SkipWhen(problem is not null, problem ?? "");
        return new PostgresOptions(PostgresUrl.Read(await _server.DatabaseAsync()), connections);
    }

    /// <inheritdoc cref="PrivatePostgres.AskAsync"/>
    public Task<object?> AskAsync(string sql, string database = "postgres") => _server.AskAsync(sql, database);

    /// <inheritdoc cref="PrivatePostgres.StopAtOnceAsync"/>
    public Task StopAtOnceAsync() => _server.StopAtOnceAsync();

    public Task StartAgainAsync() => _server.StartAgainAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    public string Url(string database, string? password = null) => _server.Url(database, password);
}

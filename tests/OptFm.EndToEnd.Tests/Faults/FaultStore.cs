using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
using OptFm.Postgres;
using OptFm.Server.Storage.Postgres;

namespace OptFm.EndToEnd.Tests.Faults;

/// <summary>A server's database, of either kind, for tests that look into it or destroy it.</summary>
internal sealed class FaultStore : IAsyncDisposable
{
    public const string Sqlite = "sqlite";
    public const string Postgres = "postgresql";

    private readonly PrivatePostgres? _postgres;
    private readonly string _url = "";

    private FaultStore(PrivatePostgres? postgres, string url) => (_postgres, _url) = (postgres, url);

    /// <summary>What the server must be told.</summary>
    public (string Name, string Value)[] Settings => _postgres is null ? [] : [("DATABASE_URL", _url)];

    /// <param name="kind">One of the two above. Skips the test where PostgreSQL is not installed.</param>
    public static async Task<FaultStore> OpenAsync(string kind)
    {
        if (kind == Sqlite) return new(null, "");

        var postgres = new PrivatePostgres(durable: true);
        var problem = await postgres.StartedAsync();
        Assert.SkipWhen(problem is not null, problem ?? "");
        return new(postgres, await postgres.DatabaseAsync());
    }

    /// <returns>The first column of each row.</returns>
    public async Task<List<string>> AskAsync(RealServer server, string sql)
    {
        await using DbConnection connection = _postgres is null ? new SqliteConnection(File(server)) : new NpgsqlConnection(Address.ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Every statement is the tests' own.
        command.CommandText = sql;
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync()) rows.Add(reader.GetString(0));
        return rows;
    }

    /// <summary>What tells every customer's message from all others.</summary>
    public async Task<HashSet<string>> KeysAsync(RealServer server) => [.. await AskAsync(server, "SELECT channel || ' ' || key FROM inbox")];

    /// <summary>Nothing of it is left, nor of the stopped server's other data.</summary>
    public async Task DestroyAsync(RealServer server)
    {
        Directory.Delete(Path.Combine(server.Folder, "var"), recursive: true);
        if (_postgres is null) return;
        await _postgres.AskAsync($"DROP DATABASE {Address.Database} WITH (FORCE)");
        await _postgres.AskAsync($"CREATE DATABASE {Address.Database} TEMPLATE template0");
    }

    public ValueTask DisposeAsync() => _postgres?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static string File(RealServer server) => new SqliteConnectionStringBuilder { DataSource = Path.Combine(server.Folder, "var", "optfm.db"), Pooling = false }.ToString();

    private NpgsqlConnectionStringBuilder Address => new(PostgresUrl.Read(_url).ConnectionString) { Pooling = false };
}

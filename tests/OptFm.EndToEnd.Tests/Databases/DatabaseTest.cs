using OptFm.Postgres;

namespace OptFm.EndToEnd.Tests.Databases;

/// <summary>A test with a folder and a PostgreSQL of its own.</summary>
public abstract class DatabaseTest : IAsyncDisposable
{
    private readonly PrivatePostgres _server = new(durable: false);

    protected string Folder { get; } = Directory.CreateTempSubdirectory("optfm-db-").FullName;

    /// <summary>The database in the folder.</summary>
    protected string SqliteFile => Path.Combine(Folder, "var", "optfm.db");

    private protected PrivatePostgres Server => _server;

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <returns>The address of an empty database. Skips the test where PostgreSQL is not installed.</returns>
    protected async Task<string> PostgresAsync()
    {
        var problem = await _server.StartedAsync();
        Assert.SkipWhen(problem is not null, problem ?? "");
        return await _server.DatabaseAsync();
    }

    private protected Task<OptfmRun> RunAsync(IReadOnlyDictionary<string, string> settings, params string[] arguments) => OptfmRun.RunAsync(Folder, settings, arguments);

    /// <returns>The database's name, for statements of the test's own.</returns>
    protected static string NameIn(string url) => url[(url.LastIndexOf('/') + 1)..];
}

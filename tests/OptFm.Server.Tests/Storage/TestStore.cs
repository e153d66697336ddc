using OptFm.Server.Storage;
using OptFm.Server.Storage.Postgres;

namespace OptFm.Server.Tests.Storage;

/// <summary>A test's own store, empty at first; opened several times it is the same one.</summary>
public abstract class TestStore : IAsyncDisposable
{
    /// <summary>The caller closes it.</summary>
    public abstract Task<Database> OpenAsync();

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}

public sealed class SqliteStore : TestStore
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("optfm-store-");

    public string File => Path.Combine(_folder.FullName, "optfm.db");

    public override Task<Database> OpenAsync() => Task.FromResult<Database>(SqliteDatabase.OpenToServe(File));

    public override ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return base.DisposeAsync();
    }
}

public sealed class PostgresStore(PostgresServer server) : TestStore
{
    private PostgresOptions? _options;

    public override async Task<Database> OpenAsync() => PostgresDatabase.Open(_options ??= await server.DatabaseAsync(), TimeProvider.System);
}

using Microsoft.Data.Sqlite;

namespace OptFm.Bench.Chaos.Stores;

/// <summary>A file in a folder which is a small file system of its own where this user may mount one.</summary>
internal sealed class SqliteStore : IChaosStore
{
    private const int DiskMb = 192;

    private readonly string _folder;

    private SqliteStore(string folder, bool small) => (_folder, HasSmallDisk) = (folder, small);

    public string Name => "sqlite";

    public bool HasSmallDisk { get; }

    public SemaphoreSlim Busy { get; } = new(1);

    public IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>(StringComparer.Ordinal) { ["DATA_DIR"] = _folder };

    private string Ballast => Path.Combine(_folder, "ballast");

    public static async Task<SqliteStore> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("optfm-disk-").FullName;
        return new SqliteStore(folder, await Shell.TryAsync("mount", "-t", "tmpfs", "-o", $"size={DiskMb}m", "optfm-chaos", folder));
    }

    public Task FillDiskAsync() => Shell.TryAsync("sh", "-c", $"cat /dev/zero > {Ballast}");

    public Task FreeDiskAsync()
    {
        File.Delete(Ballast);
        return Task.CompletedTask;
    }

    public Task<bool> WorksAsync() => Task.FromResult(File.Exists(Path.Combine(_folder, "optfm.db")));

    public async Task<IReadOnlyList<string?[]>> RowsAsync(string sql)
    {
        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = Path.Combine(_folder, "optfm.db"),
            Mode = SqliteOpenMode.ReadOnly,
            Pooling = false,
        }.ToString());
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Every statement is this program's own.
        command.CommandText = sql;
#pragma warning restore CA2100
        return await Rows.ReadAsync(command);
    }

    public Task<int?> ConnectionsAsync() => Task.FromResult<int?>(null);

    public async ValueTask DisposeAsync()
    {
        Busy.Dispose();
        if (HasSmallDisk) await Shell.TryAsync("umount", "-l", _folder);
        Directory.Delete(_folder, recursive: true);
    }
}

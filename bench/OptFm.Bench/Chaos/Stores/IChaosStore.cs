namespace OptFm.Bench.Chaos.Stores;

/// <summary>The database of the system under test, seen from outside.</summary>
internal interface IChaosStore : IAsyncDisposable
{
    string Name { get; }

    /// <summary>Settings by which a node finds it.</summary>
    IReadOnlyDictionary<string, string> Settings { get; }

    /// <summary>Whether its disk can be filled.</summary>
    bool HasSmallDisk { get; }

    /// <summary>One fault at a time.</summary>
    SemaphoreSlim Busy { get; }

    Task FillDiskAsync();

    Task FreeDiskAsync();

    /// <summary>Whether it can be read and written now.</summary>
    Task<bool> WorksAsync();

    /// <summary>All rows of a query, every column as text.</summary>
    Task<IReadOnlyList<string?[]>> RowsAsync(string sql);

    /// <summary>How many connections the nodes hold; null where there are none to count.</summary>
    Task<int?> ConnectionsAsync();
}

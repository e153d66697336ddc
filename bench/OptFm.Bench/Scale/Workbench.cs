using OptFm.Bench.Pipeline;
using OptFm.Postgres;

namespace OptFm.Bench.Scale;

/// <summary>What all measurements of a run share: the messenger, the questions, a PostgreSQL, a folder.</summary>
internal sealed class Workbench : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("optfm-scale-");
    private readonly PrivatePostgres _postgres = new(durable: true);
    private PostgresProcesses? _processes;
    private int _installations;

    public Workbench(ScaleOptions options, TextWriter progress)
    {
        if (!options.Server.Exists) throw new BenchException($"{options.Server} is absent: run ./dev build");

        Options = options;
        Progress = progress;
        Questions = Questions.Of(options.Server);
        Load = new Load(Max, Questions, options.Connections, options.Longest);
    }

    public ScaleOptions Options { get; }

    public TextWriter Progress { get; }

    public FakeMax Max { get; } = new();

    public Questions Questions { get; }

    public Load Load { get; }

    public HttpClient Http { get; } = new();

    public Installation Sqlite()
    {
        var folder = Folder();
        return new(this, new SqliteUnderTest(folder.FullName), folder);
    }

    /// <exception cref="BenchException">There is no PostgreSQL.</exception>
    public async Task<Installation> PostgresAsync()
    {
        _processes ??= await PostgresProcesses.OfAsync(_postgres);
        return new(this, new PostgresUnderTest(_postgres, _processes, await _postgres.DatabaseAsync()), Folder());
    }

    public async ValueTask DisposeAsync()
    {
        await _postgres.DisposeAsync();
        Max.Dispose();
        Http.Dispose();
        _folder.Delete(recursive: true);
    }

    private DirectoryInfo Folder() => _folder.CreateSubdirectory($"{++_installations}");
}

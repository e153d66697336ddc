using OptFm.Server.Backups;
using OptFm.Server.Settings;
using OptFm.Server.Storage;
using OptFm.Server.Storage.Postgres;
using OptFm.Server.Tests.Storage;

namespace OptFm.Server.Tests.Backups;

/// <summary>An installed bot's folders: /etc/optfm and /var/lib/optfm in a temporary one, with customers' messages in the database.</summary>
internal sealed class Shop : IDisposable
{
    /// <summary>All that a table's row could be confused by on its way.</summary>
    private const string Name = "Ёж\t\"О'Нил\"\\.\n\\.\r\n\\N COPY inbox (id) FROM stdin;";

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("optfm-shop-");

    public Shop(params string[] settings)
    {
        Directory.CreateDirectory(Etc);
        Directory.CreateDirectory(Data);
        File.WriteAllText(Faq, """{"entries":[]}""");
        File.WriteAllText(Path.Combine(Data, "price.csv"), "code;name;price\n1;Чехол;100\n");
        File.WriteAllLines(SettingsFile, [$"DATA_DIR={Data}", $"FAQ_FILE={Faq}", "MAX_WEBHOOK_SECRET=kept-secret", .. settings]);
    }

    /// <summary>Where its database is, for tests that run on both.</summary>
    public const string Sqlite = "sqlite";

    public const string Postgres = "postgresql";

    private PostgresServer? _server;
    private PostgresOptions? _options;

    /// <param name="store">One of the two above. PostgreSQL's database is there and empty.</param>
    public static async Task<Shop> OnAsync(string store, PostgresServer server, params string[] settings)
    {
        if (store == Sqlite) return new Shop(settings);

        var options = await server.DatabaseAsync();
        return new Shop([$"DATABASE_URL={server.Url(options.Address.Database!)}", .. settings]) { _server = server, _options = options };
    }

    public string Etc => Path.Combine(_root.FullName, "etc");

    public string Data => Path.Combine(_root.FullName, "data");

    public string SettingsFile => Path.Combine(Etc, "optfm.env");

    public string Faq => Path.Combine(Etc, "faq.json");

    public string Database => Path.Combine(Data, "optfm.db");

    public Clock Now { get; } = new();

    public LoadedSettings Loaded => LoadedSettings.From(SettingsSource.Load(new Dictionary<string, string>(StringComparer.Ordinal) { ["OPTFM_ENV_FILE"] = SettingsFile }, Etc));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Customers of the given chats write something that does not pack to nothing.</summary>
    public async Task WriteAsync(params string[] chats)
    {
        var body = _options is null ? "randomblob(3000)" : "(SELECT decode(string_agg(md5(random()::text), ''), 'hex') FROM generate_series(1, 190))";
        using var database = OpenToServe();
        foreach (var chat in chats)
        {
            await database.WriteAsync(session => session.Execute(
                "INSERT INTO conversation (channel, chat, first_name, updated_at) VALUES ('max', @chat, @name, 0)", ("@chat", chat), ("@name", Name)));
            await database.WriteAsync(session => session.Execute(
                $"INSERT INTO inbox (channel, key, chat, type, body, state, received_at) VALUES ('max', @chat, @chat, 'text', {body}, 1, 0)", ("@chat", chat)));
        }
    }

    /// <summary>As the server does.</summary>
    public Database OpenToServe() => _options is null ? Server.Storage.SqliteDatabase.OpenToServe(Database) : PostgresDatabase.Open(_options, TimeProvider.System);

    /// <summary>Nothing of it is left, nor of the other data.</summary>
    public async Task DestroyDataAsync()
    {
        Directory.Delete(Data, recursive: true);
        if (_options is null) return;
        await AskAsync($"DROP DATABASE {_options.Address.Database} WITH (FORCE)", "postgres");
        await AskAsync($"CREATE DATABASE {_options.Address.Database} TEMPLATE template0", "postgres");
    }

    /// <summary>Asks PostgreSQL as its owner.</summary>
    public Task<object?> AskAsync(string sql, string? database = null) => _server!.AskAsync(sql, database ?? _options!.Address.Database!);

    public Task<BackupOutcome> BackUpAsync(string? to = null) => new BackupMaker(Loaded, Now).MakeAsync(to, Stop);

    public Task<RestoreOutcome> RestoreAsync(string file, string? identity = null, bool dataOnly = false) =>
        new BackupRestorer(Loaded, Now).RestoreAsync(new(file, identity, dataOnly), Stop);

    public Task<CheckedBackup> VerifyAsync(string file, string? identity = null) => BackupCheck.VerifyAsync(file, identity, Data, Loaded.Settings.Storage.Postgres, Stop);

    public List<string> Chats()
    {
        using var database = OpenToServe();
        return database.Read(session => session.All("SELECT chat FROM conversation WHERE first_name = @name ORDER BY chat", r => r.GetString(0), ("@name", Name)));
    }

    /// <summary>Names of everything in DATA_DIR that a backup or a restore should have cleared away.</summary>
    public IEnumerable<string> Leftovers() =>
        _root.EnumerateFileSystemInfos("*", SearchOption.AllDirectories).Select(file => file.Name).Where(name =>
            name.StartsWith(".optfm-", StringComparison.Ordinal) || name.EndsWith(Replacement.Beside, StringComparison.Ordinal) || name == Replacement.FileName);

    public void Dispose() => _root.Delete(recursive: true);

    public sealed class Clock : TimeProvider
    {
        public DateTimeOffset Time { get; set; } = new(2026, 2, 3, 4, 5, 6, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Time;
    }
}

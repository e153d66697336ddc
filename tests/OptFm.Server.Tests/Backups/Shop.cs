using OptFm.Server.Backups;
using OptFm.Server.Settings;
using OptFm.Server.Storage;

namespace OptFm.Server.Tests.Backups;

/// <summary>An installed bot's folders: /etc/optfm and /var/lib/optfm in a temporary one, with customers' messages in the database.</summary>
internal sealed class Shop : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("optfm-shop-");

    public Shop(params string[] settings)
    {
        Directory.CreateDirectory(Etc);
        Directory.CreateDirectory(Data);
        File.WriteAllText(Faq, """{"entries":[]}""");
        File.WriteAllText(Path.Combine(Data, "price.csv"), "code;name;price\n1;Чехол;100\n");
        File.WriteAllLines(SettingsFile, [$"DATA_DIR={Data}", $"FAQ_FILE={Faq}", "MAX_WEBHOOK_SECRET=kept-secret", .. settings]);
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
        using var database = Server.Storage.SqliteDatabase.OpenToServe(Database);
        foreach (var chat in chats)
        {
            await database.WriteAsync(session => session.Execute(
                "INSERT INTO conversation (channel, chat, updated_at) VALUES ('max', @chat, 0)", ("@chat", chat)));
            await database.WriteAsync(session => session.Execute(
                "INSERT INTO inbox (channel, key, chat, type, body, state, received_at) VALUES ('max', @chat, @chat, 'text', randomblob(3000), 1, 0)", ("@chat", chat)));
        }
    }

    public Task<BackupOutcome> BackUpAsync(string? to = null) => new BackupMaker(Loaded, Now).MakeAsync(to, Stop);

    public Task<RestoreOutcome> RestoreAsync(string file, string? identity = null, bool dataOnly = false) =>
        new BackupRestorer(Loaded, Now).RestoreAsync(new(file, identity, dataOnly), Stop);

    public Task<CheckedBackup> VerifyAsync(string file, string? identity = null) => BackupCheck.VerifyAsync(file, identity, Data, Stop);

    public List<string> Chats()
    {
        using var session = Server.Storage.SqliteDatabase.Open(Database);
        return session.All("SELECT chat FROM conversation ORDER BY chat", r => r.GetString(0));
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

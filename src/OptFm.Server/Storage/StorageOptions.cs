using OptFm.Server.Settings;
using OptFm.Server.Storage.Postgres;

namespace OptFm.Server.Storage;

/// <summary>Where the bot keeps what it must not lose.</summary>
public sealed record StorageOptions
{
    public static readonly Setting DataDir = new("DATA_DIR", "var", "path of a folder", "Where the embedded database lives. Made if absent.", "Где лежит встроенная база. Создаётся, если её нет.");
    public static readonly Setting DatabaseUrl = new("DATABASE_URL", "", "sqlite:PATH, postgresql://USER:PASSWORD@HOST/DATABASE or empty", "The database. Empty: `optfm.db` in DATA_DIR. PostgreSQL serves several nodes; several hosts and `?sslmode=`, `sslrootcert=`, `target_session_attrs=` are understood.", "База данных. Пусто: `optfm.db` в DATA_DIR. PostgreSQL обслуживает несколько узлов; понимает несколько серверов и `?sslmode=`, `sslrootcert=`, `target_session_attrs=`.");
    public static readonly Setting Connections = new("DATABASE_CONNECTIONS", "8", "3–50", "How many connections to PostgreSQL a node opens at most: one listens, a third of the others read, up to four write.", "Сколько соединений с PostgreSQL открывает узел, самое большее: одно слушает, треть остальных читает, до четырёх пишут.");

    public static IReadOnlyList<Setting> All { get; } = [DataDir, DatabaseUrl, Connections];

    /// <summary>The embedded database; unused where there is <see cref="Postgres"/>.</summary>
    public required string DatabaseFile { get; init; }

    /// <summary>The server to use instead, if any.</summary>
    public PostgresOptions? Postgres { get; init; }

    public static StorageOptions Read(SettingsReader settings)
    {
        var folder = Path.GetFullPath(settings.Text(DataDir));
        var file = ReadFile(settings, folder);
        var named = settings.IsSet(DatabaseUrl) ? DatabaseUrl : DataDir;
        if (Directory.Exists(file)) settings.Fail(named, $"makes '{file}' the database, which is a folder", $"делает базой '{file}', а это папка");
        else settings.CheckFolder(named, Path.GetDirectoryName(file) ?? "/");
        var connections = settings.Number(Connections, PostgresOptions.FewestConnections, 50);
        return new StorageOptions { DatabaseFile = file, Postgres = ReadServer(settings, connections) };
    }

    private static PostgresOptions? ReadServer(SettingsReader settings, int connections)
    {
        var url = settings.Text(DatabaseUrl);
        if (!PostgresUrl.Is(url)) return null;

        try
        {
            return new PostgresOptions(PostgresUrl.Read(url), connections);
        }
        catch (UrlException e)
        {
            settings.Fail(DatabaseUrl, e.Message, e.InRussian);
        }
        catch (ArgumentException)
        {
            // Not quoted: the message may hold what was written, and with it the password.
            settings.Fail(DatabaseUrl, "has a part that PostgreSQL's client does not understand", "содержит часть, которую не понимает клиент PostgreSQL");
        }

        return null;
    }

    private static string ReadFile(SettingsReader settings, string folder)
    {
        var url = settings.Text(DatabaseUrl);
        if (url.Length == 0 || PostgresUrl.Is(url)) return Path.Combine(folder, "optfm.db");

        // The forms that SQLAlchemy users of the Python service write: sqlite:///relative, sqlite:////absolute, sqlite:path.
        if (url.StartsWith("sqlite:", StringComparison.OrdinalIgnoreCase))
        {
            var path = url["sqlite:".Length..];
            if (path.StartsWith("///", StringComparison.Ordinal)) path = path[3..];
            if (path.Length > 0) return Path.GetFullPath(path);
        }

        settings.Fail(DatabaseUrl, "must be empty, sqlite:PATH or postgresql://USER:PASSWORD@HOST/DATABASE", "должен быть пустым или вида sqlite:ПУТЬ или postgresql://ПОЛЬЗОВАТЕЛЬ:ПАРОЛЬ@СЕРВЕР/БАЗА");
        return Path.Combine(folder, "optfm.db");
    }
}

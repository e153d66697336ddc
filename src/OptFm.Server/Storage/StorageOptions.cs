using OptFm.Server.Settings;

namespace OptFm.Server.Storage;

/// <summary>Where the bot keeps what it must not lose.</summary>
public sealed record StorageOptions
{
    public static readonly Setting DataDir = new("DATA_DIR", "var", "path of a folder", "Where the embedded database lives. Made if absent.", "Где лежит встроенная база. Создаётся, если её нет.");
    public static readonly Setting DatabaseUrl = new("DATABASE_URL", "", "sqlite:PATH or empty", "The database. Empty: `optfm.db` in DATA_DIR.", "База данных. Пусто: `optfm.db` в DATA_DIR.");

    public static IReadOnlyList<Setting> All { get; } = [DataDir, DatabaseUrl];

    public required string DatabaseFile { get; init; }

    public static StorageOptions Read(SettingsReader settings)
    {
        var folder = Path.GetFullPath(settings.Text(DataDir));
        var file = ReadFile(settings, folder);
        var named = settings.IsSet(DatabaseUrl) ? DatabaseUrl : DataDir;
        if (Directory.Exists(file)) settings.Fail(named, $"makes '{file}' the database, which is a folder", $"делает базой '{file}', а это папка");
        else settings.CheckFolder(named, Path.GetDirectoryName(file) ?? "/");
        return new StorageOptions { DatabaseFile = file };
    }

    private static string ReadFile(SettingsReader settings, string folder)
    {
        var url = settings.Text(DatabaseUrl);
        if (url.Length == 0) return Path.Combine(folder, "optfm.db");

        // The forms that SQLAlchemy users of the Python service write: sqlite:///relative, sqlite:////absolute, sqlite:path.
        if (url.StartsWith("sqlite:", StringComparison.OrdinalIgnoreCase))
        {
            var path = url["sqlite:".Length..];
            if (path.StartsWith("///", StringComparison.Ordinal)) path = path[3..];
            if (path.Length > 0) return Path.GetFullPath(path);
        }

        settings.Fail(DatabaseUrl, "must be empty or sqlite:PATH: this version has no other database", "должен быть пустым или вида sqlite:ПУТЬ: другой базы в этой версии нет");
        return Path.Combine(folder, "optfm.db");
    }
}

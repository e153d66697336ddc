using System.Globalization;
using System.Reflection;

namespace OptFm.Server.Storage;

/// <summary>Brings a database to this program's schema: numbered SQL files, each in its own transaction.</summary>
public static class Migrator
{
    private const string Prefix = "OptFm.Server.Storage.Migrations.";

    /// <summary>The migrations of SQLite, and those of PostgreSQL: the same numbers lead to the same tables.</summary>
    internal static IReadOnlyList<Migration> Sqlite { get; } = Files("");

    /// <inheritdoc cref="Sqlite"/>
    internal static IReadOnlyList<Migration> Postgres { get; } = Files("Postgres.");

    /// <summary>The newest schema that this program knows.</summary>
    public static int KnownSchema => Sqlite.Count;

    /// <exception cref="StoreException">The database was made by a newer program.</exception>
    public static void Migrate(Session session) => Migrate(session, Sqlite);

    /// <inheritdoc cref="Migrate(Session)"/>
    internal static void Migrate(Session session, IReadOnlyList<Migration> files)
    {
        session.Execute("BEGIN IMMEDIATE");
        var version = Schema(session);
        if (version > files.Count)
        {
            session.Execute("ROLLBACK");
            throw Newer(version, files.Count);
        }

        for (var i = version; i < files.Count; i++) session.Execute(files[i].Sql);
        if (version < files.Count) session.Execute("PRAGMA user_version = " + files.Count.ToString(CultureInfo.InvariantCulture));
        session.Execute("COMMIT");
    }

    /// <returns>How many migrations an SQLite database has seen.</returns>
    internal static int Schema(Session session) => session.First("PRAGMA user_version", r => r.GetInt32(0));

    internal static StoreException Newer(int version, int known) => new(
        $"the database has schema {version}, made by a newer optfm; this one knows {known}. Install the newer version again")
    {
        InRussian = $"база имеет схему {version}, её сделал более новый optfm, а этот знает {known}. Установите новую версию обратно",
    };

    private static List<Migration> Files(string folder)
    {
        var assembly = typeof(Migrator).Assembly;
        var files = assembly.GetManifestResourceNames().Where(IsOfFolder).Order(StringComparer.Ordinal);
        return [.. files.Select(file => new Migration(file[(Prefix.Length + folder.Length)..], Text(assembly, file)))];

        bool IsOfFolder(string name) =>
            name.StartsWith(Prefix + folder, StringComparison.Ordinal) && char.IsAsciiDigit(name[Prefix.Length + folder.Length]);
    }

    private static string Text(Assembly assembly, string file)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(file)!);
        return reader.ReadToEnd();
    }
}

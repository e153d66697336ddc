using System.Globalization;

namespace OptFm.Server.Storage;

/// <summary>Brings a database to this program's schema: numbered SQL files, each in its own transaction.</summary>
public static class Migrator
{
    private const string Prefix = "OptFm.Server.Storage.Migrations.";

    /// <summary>The newest schema that this program knows.</summary>
    public static int KnownSchema { get; } = Files().Count;

    /// <exception cref="StoreException">The database was made by a newer program.</exception>
    public static void Migrate(Session session)
    {
        var files = Files();
        session.Execute("BEGIN IMMEDIATE");
        var version = session.First("PRAGMA user_version", r => r.GetInt32(0));
        if (version > files.Count)
        {
            session.Execute("ROLLBACK");
            throw new StoreException($"the database has schema {version}, made by a newer optfm; this one knows {files.Count}. Install the newer version again");
        }

        for (var i = version; i < files.Count; i++) session.Execute(files[i]);
        if (version < files.Count) session.Execute("PRAGMA user_version = " + files.Count.ToString(CultureInfo.InvariantCulture));
        session.Execute("COMMIT");
    }

    private static List<string> Files()
    {
        var assembly = typeof(Migrator).Assembly;
        var names = assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal);
        return [.. names.Select(Text)];

        string Text(string name)
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            return reader.ReadToEnd();
        }
    }
}

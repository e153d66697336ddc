using Microsoft.Data.Sqlite;
using OptFm.Server.Storage;

namespace OptFm.Server.Updates;

/// <summary>What became of the database when the old version was put back.</summary>
public enum DatabaseReturn
{
    /// <summary>The new version had not changed its form: it is used on as it is, with everything in it.</summary>
    Unchanged,

    /// <summary>The one of before, with what customers sent meanwhile.</summary>
    CarriedOver,

    /// <summary>The one of before; the newer could not be read.</summary>
    LeftBehind,
}

/// <param name="Arrivals">How many updates were carried over.</param>
public sealed record DatabaseReturned(DatabaseReturn Outcome, int Arrivals);

/// <summary>
/// The database as it was when the service stopped for an update, and the way back to it. The file is replaced only if the new version
/// changed its schema, and then nothing acknowledged meanwhile is lost: it is carried over, and the newer file is kept beside.
/// Run as the service's user, so that root never follows what that user may have put in its folder.
/// </summary>
/// <param name="file">The database.</param>
public sealed class KeptDatabase(string file)
{
    private readonly string _next = file + ".before-update.next";
    private readonly string _returning = file + ".returning";

    public string Kept { get; } = file + ".before-update";

    /// <summary>Where the new version's database is left when the old one is put back.</summary>
    public string Newer(string version) => $"{file}.newer-{Path.GetFileName(version)}";

    /// <summary>Copies the database, whole and consistent. Where there is none yet, there will be no copy.</summary>
    /// <exception cref="StoreException">It is served or cannot be copied.</exception>
    public void Keep()
    {
        File.Delete(Kept);
        if (!File.Exists(file)) return;

        using var owner = SqliteDatabase.TakeLock(file);
        try
        {
            Copy(file, _next);
        }
        catch (SqliteException e)
        {
            throw new StoreException($"cannot copy {file}: {e.Message}", e);
        }

        File.Move(_next, Kept, overwrite: true);
    }

    /// <summary>Makes the database one that the old version can use. Repeated, it does nothing more.</summary>
    /// <param name="version">Of the program that is taken away.</param>
    /// <exception cref="StoreException">It is served or the disk refuses; nothing is changed.</exception>
    public DatabaseReturned PutBack(string version)
    {
        using var owner = SqliteDatabase.TakeLock(file);
        try
        {
            return Return(version);
        }
        catch (SqliteException e)
        {
            throw new StoreException($"cannot put {Kept} back: {e.Message}", e);
        }
    }

    public void Drop() => File.Delete(Kept);

    private DatabaseReturned Return(string version)
    {
        MakeReturning();
        int? arrivals = 0;
        if (File.Exists(file))
        {
            using (var session = new SqliteSession(SqliteDatabase.Connect(_returning)))
            {
                if (CarryOver.IsSameSchema(session, file))
                {
                    session.Dispose();
                    File.Delete(_returning);
                    return new(DatabaseReturn.Unchanged, 0);
                }

                arrivals = CarryOver.Run(session, file);
            }

            FoldLog(version);
            // The newer one gets a second name before the first is given away: there is a whole database at every moment.
            File.Delete(Newer(version));
            File.Replace(_returning, file, Newer(version));
        }
        else
        {
            File.Move(_returning, file);
        }

        return new(arrivals is null ? DatabaseReturn.LeftBehind : DatabaseReturn.CarriedOver, arrivals ?? 0);
    }

    /// <summary>What was before; where nothing was, an empty database as this version makes it.</summary>
    private void MakeReturning()
    {
        foreach (var left in (string[])["", "-journal", "-wal", "-shm"]) File.Delete(_returning + left);
        if (File.Exists(Kept))
        {
            Copy(Kept, _returning);
            return;
        }

        using var session = new SqliteSession(SqliteDatabase.Connect(_returning));
        Migrator.Migrate(session);
    }

    /// <summary>Leaves no write-ahead log of the newer database that SQLite would apply to the older one.</summary>
    private void FoldLog(string version)
    {
        try
        {
            using var session = new SqliteSession(SqliteDatabase.Connect(file));
            session.First("PRAGMA journal_mode = DELETE", r => r.GetString(0));
        }
        catch (SqliteException)
        {
            // Not a database any more: its log is kept with it.
        }

        foreach (var left in (string[])["-wal", "-shm", "-journal"])
        {
            if (File.Exists(file + left)) File.Move(file + left, Newer(version) + left, overwrite: true);
        }
    }

    private static void Copy(string from, string to)
    {
        File.Delete(to);
        using (var source = SqliteDatabase.Connect(from))
        using (var target = SqliteDatabase.Connect(to))
        {
            source.BackupDatabase(target);
            using var session = new SqliteSession(target);
            session.First("PRAGMA journal_mode = DELETE", r => r.GetString(0));
        }

        FileModes.Set(to, FileModes.Database);
    }
}

using Microsoft.Data.Sqlite;
using OptFm.Server.Backups;

namespace OptFm.Server.Storage.Copying;

/// <summary>An SQLite file which no server serves from meanwhile.</summary>
internal sealed class SqliteEnd : CopyEnd
{
    private readonly FileStream _lock;
    private readonly Checkpoints _checkpoints;

    private SqliteEnd(string file, SqliteConnection connection, SqliteSession session, FileStream owner)
        : base(file, connection, session)
    {
        _lock = owner;
        _checkpoints = new Checkpoints(file);
    }

    public override bool RefusesNul => false;

    /// <inheritdoc cref="CopyEnd.Open"/>
    public static SqliteEnd Open(string file)
    {
        // Made by root, they would keep the bot from its own database.
        FileOwner.CreateFolder(Path.GetDirectoryName(file)!, FileOwner.PrivateFolder);
        foreach (var made in (string[])[SqliteDatabase.LockFile(file), file])
        {
            if (!File.Exists(made)) FileOwner.Create(made, FileOwner.Private).Dispose();
        }

        var owner = SqliteDatabase.TakeLock(file);
        try
        {
            var connection = SqliteDatabase.Connect(file);
            var session = SqliteDatabase.SetUp(connection);
            Migrator.Migrate(session);
            return new SqliteEnd(file, connection, session, owner);
        }
        catch (SqliteException e)
        {
            owner.Dispose();
            throw new StoreException($"cannot open {file}: {e.Message}", e) { InRussian = $"не открыть {file}: {e.Message}" };
        }
        catch
        {
            owner.Dispose();
            throw;
        }
    }

    public override void Freeze(IReadOnlyList<CopiedTable> tables) => Session.Begin();

    public override void Insert(CopiedTable table, IReadOnlyList<object?[]> rows)
    {
        using var command = Command($"INSERT INTO {table.Name} ({table.ColumnList}) VALUES ({string.Join(", ", table.Columns.Select(column => "@" + column.Name))})");
        foreach (var column in table.Columns) command.Parameters.Add(new SqliteParameter { ParameterName = "@" + column.Name });
        foreach (var row in rows)
        {
            for (var i = 0; i < row.Length; i++) command.Parameters[i].Value = row[i] ?? DBNull.Value;
            command.ExecuteNonQuery();
        }
    }

    /// <summary>SQLite remembers by itself. https://sqlite.org/autoinc.html</summary>
    public override void FollowNumbers(CopiedTable table)
    {
    }

    public override void AfterCommit() => _checkpoints.AfterCommit(Session);

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _checkpoints.Dispose();
        _lock.Dispose();
    }
}

namespace OptFm.Server.Backups;

/// <summary>The bot's database as backups handle it: SQLite's file, or what a PostgreSQL server holds.</summary>
internal interface IStoredDatabase
{
    /// <summary>The name of its copy in a backup.</summary>
    string CopyName { get; }

    /// <summary>Of the backup that holds it.</summary>
    int Format { get; }

    /// <summary>Where it is, for people.</summary>
    string Place { get; }

    /// <summary>How many bytes a copy takes at most.</summary>
    /// <exception cref="BackupException">There is nothing to copy, or it cannot be reached.</exception>
    Task<long> SizeAsync(CancellationToken stop);

    /// <summary>Copies it, whole and consistent while servers write, and reads the copy again.</summary>
    /// <exception cref="BackupException">It could not be copied; half a copy may be left.</exception>
    Task<CopiedDatabase> CopyAsync(string copy, CancellationToken stop);

    /// <summary>Makes sure that no server runs on it and none starts before the result is disposed of.</summary>
    /// <exception cref="BackupException">A server runs, or the database cannot be reached.</exception>
    Task<IHeldDatabase> HoldAsync(CancellationToken stop);
}

/// <param name="Rows">Of each table, where the copy needs such a proof.</param>
internal sealed record CopiedDatabase(DatabaseContents Contents, IReadOnlyDictionary<string, long>? Rows);

/// <summary>A database that no server uses, about to be replaced.</summary>
internal interface IHeldDatabase : IAsyncDisposable
{
    /// <summary>
    /// What the database remembers from the moment it was replaced, so that whoever finds a restore cut off knows whether it was; null where
    /// its file is replaced like the others.
    /// </summary>
    string? Mark { get; }

    /// <summary>Does all that can be done while the old state must still be the one that counts.</summary>
    /// <param name="kept">Folder that takes what is replaced.</param>
    /// <returns>The files to replace, before all others.</returns>
    Task<IReadOnlyList<ReplacementStep>> PrepareAsync(CheckedBackup backup, string kept, CancellationToken stop);

    /// <summary>Makes the new state count, after all files have been replaced.</summary>
    /// <exception cref="OutcomeUnknownException">Nobody knows which state counts now.</exception>
    Task SealAsync();
}

/// <summary>The database was lost from sight at the moment of the replacement. The server's next start finds out and finishes or undoes it.</summary>
internal sealed class OutcomeUnknownException(Exception inner) : Exception(inner.Message, inner);

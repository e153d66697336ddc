using System.Net.Sockets;
using Npgsql;

namespace OptFm.Server.Storage.Postgres;

/// <summary>What a failure means. Codes: https://www.postgresql.org/docs/current/errcodes-appendix.html</summary>
internal static class PostgresErrors
{
    private const string IdleInTransaction = "25P03";

    /// <summary>Another transaction was in the way; nothing was stored, and run again at once the same may succeed.</summary>
    public static bool IsConflict(Exception failure) =>
        failure is PostgresException { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected };

    /// <summary>The connection is gone, was refused, or leads to a server that takes no writes (any more).</summary>
    public static bool IsConnectionLost(Exception failure) => failure switch
    {
        PostgresException refused => IsOfTheServer(refused.SqlState),
        NpgsqlException or SocketException or IOException or TimeoutException => true,
        _ => false,
    };

    /// <summary>It did not answer in time. Asking again at once would only wait once more.</summary>
    public static bool IsTimeout(Exception failure) => failure is TimeoutException or NpgsqlException { InnerException: TimeoutException };

    /// <summary>Whether it says nothing about the statement.</summary>
    public static bool IsOfTheMoment(PostgresException refused) => IsConflict(refused) || IsOfTheServer(refused.SqlState);

    private static bool IsOfTheServer(string state) =>
        state.StartsWith("08", StringComparison.Ordinal) // connection
        || state.StartsWith("57P", StringComparison.Ordinal) // shut down, crashed, starting, dropped
        || state.StartsWith("53", StringComparison.Ordinal) // too many connections, disk full, out of memory
        || state is PostgresErrorCodes.ReadOnlySqlTransaction or IdleInTransaction;
}

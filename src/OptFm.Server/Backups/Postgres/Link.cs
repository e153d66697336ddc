using System.Data.Common;
using System.Globalization;
using Npgsql;
using OptFm.Server.Storage;
using OptFm.Server.Storage.Postgres;

namespace OptFm.Server.Backups.Postgres;

/// <summary>Connections of backups and restores: one at a time, with time for long work, and not to be taken for a server's.</summary>
internal static class Link
{
    public const string BackupName = "optfm backup";
    public const string RestoreName = "optfm restore";

    /// <summary>Others' locks are waited for this long; a dump that runs in between may hold none that hinders.</summary>
    private const string Settings = "-c idle_in_transaction_session_timeout=0 -c statement_timeout=0 -c lock_timeout=20s";

    /// <exception cref="StoreException">There is no connection.</exception>
    public static async Task<NpgsqlConnection> OpenAsync(PostgresOptions server, string name, CancellationToken stop)
    {
        var connection = new NpgsqlConnection(Address(server, name).ConnectionString);
        try
        {
            await connection.OpenAsync(stop);
            return connection;
        }
        catch (Exception e) when (e is DbException or IOException or TimeoutException or ArgumentException or InvalidOperationException)
        {
            await connection.DisposeAsync();
            throw PostgresProblem.Of(e, server.Place);
        }
    }

    /// <inheritdoc cref="OpenAsync"/>
    public static NpgsqlConnection Open(PostgresOptions server, string name)
    {
        var connection = new NpgsqlConnection(Address(server, name).ConnectionString);
        try
        {
            connection.Open();
            return connection;
        }
        catch (Exception e) when (e is DbException or IOException or TimeoutException or ArgumentException or InvalidOperationException)
        {
            connection.Dispose();
            throw PostgresProblem.Of(e, server.Place);
        }
    }

    public static async Task RunAsync(this NpgsqlConnection connection, string sql, CancellationToken stop)
    {
        await using var command = Command(connection, sql);
        await command.ExecuteNonQueryAsync(stop);
    }

    /// <returns>The first value, or null where there is no row or nothing in it.</returns>
    public static async Task<object?> AskAsync(this NpgsqlConnection connection, string sql, CancellationToken stop, params (string Name, object Value)[] values)
    {
        await using var command = Command(connection, sql);
        foreach (var (name, value) in values) command.Parameters.AddWithValue(name, value);
        return await command.ExecuteScalarAsync(stop) is var found and not DBNull ? found : null;
    }

    public static async Task<long> NumberAsync(this NpgsqlConnection connection, string sql, CancellationToken stop, params (string Name, object Value)[] values) =>
        Convert.ToInt64(await connection.AskAsync(sql, stop, values), CultureInfo.InvariantCulture);

    public static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static NpgsqlConnectionStringBuilder Address(PostgresOptions server, string name) => new(server.Address.ConnectionString)
    {
        ApplicationName = name,
        Pooling = false,
        Enlist = false,
        Timeout = 15,
        CommandTimeout = 0,
        TcpKeepAlive = true,
        Options = Settings,
        IncludeErrorDetail = false,
    };

#pragma warning disable CA2100 // Every statement is made of constants and of names that were checked and quoted.
    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql) => new(sql, connection);
#pragma warning restore CA2100
}

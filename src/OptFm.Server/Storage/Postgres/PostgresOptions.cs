using Npgsql;

namespace OptFm.Server.Storage.Postgres;

/// <summary>The server to use, as DATABASE_URL names it.</summary>
/// <param name="Address">The connection's parameters.</param>
/// <param name="Connections">How many connections this process opens at most.</param>
public sealed record PostgresOptions(NpgsqlConnectionStringBuilder Address, int Connections)
{
    /// <summary>One to listen, one to write, one to read.</summary>
    public const int FewestConnections = 3;

    /// <summary>How often the clock is looked at, and the other nodes hear of this one.</summary>
    internal TimeSpan BetweenPulses { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Where it is, for people; never with the password.</summary>
    public string Place
    {
        get
        {
            var hosts = (Address.Host ?? "").Split(',').Select(host => host.Contains(':') || host.StartsWith('/') ? host : $"{host}:{Address.Port}");
            return $"{string.Join(", ", hosts)}/{Address.Database}";
        }
    }

    /// <summary>One connection listens; of the others a third, and at least one, read.</summary>
    internal int Readers => Math.Max(1, (Connections - 1) / 3);

    /// <summary>Few, because what waits for a writer goes to the server together.</summary>
    internal int Writers => Math.Clamp(Connections - 1 - Readers, 1, 4);

    /// <summary>What this program needs of a connection, whatever the address says.</summary>
    internal NpgsqlConnectionStringBuilder Configured() => new(Address.ConnectionString)
    {
        ApplicationName = string.IsNullOrEmpty(Address.ApplicationName) ? "optfm" : Address.ApplicationName,
        MaxPoolSize = Connections,
        Timeout = Address.ContainsKey("Timeout") ? Address.Timeout : 5,
        CommandTimeout = 20,
        CancellationTimeout = 1000,
        KeepAlive = 0,
        TcpKeepAlive = true,
        MaxAutoPrepare = 100,
        AutoPrepareMinUsages = 2,
        Enlist = false,
        // Which expectation was not met is known by its command. Exceptions are logged by their message alone, which does not hold it.
        IncludeFailedBatchedCommand = true,
        // No connection is left in a state that the next user would have to be protected from, so none is reset between two uses.
        NoResetOnClose = true,
        // After a failover the next attempt must find the new primary, not remember for ten seconds that it was none.
        HostRecheckSeconds = 0,
        Options = ServerSettings,
    };

    /// <summary>
    /// A stopped node must not hold locks for long, nor anybody wait for one. Plans: the tables swing between empty and a million rows, and a
    /// plan that was made while they were empty would read them whole; every statement of the message path has its index.
    /// https://www.postgresql.org/docs/current/runtime-config-client.html
    /// </summary>
    private const string ServerSettings =
        "-c synchronous_commit=on -c default_transaction_isolation=read\\ committed -c idle_in_transaction_session_timeout=10s -c lock_timeout=5s"
        + " -c statement_timeout=15s -c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c jit=off";
}

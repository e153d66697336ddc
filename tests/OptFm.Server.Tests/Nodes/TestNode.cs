using Microsoft.Extensions.Logging.Abstractions;
using OptFm.Server.Nodes;
using OptFm.Server.Storage;
using OptFm.Server.Storage.Postgres;

namespace OptFm.Server.Tests.Nodes;

/// <summary>A server of a shared database that can fall silent, as one that is killed, stopped or cut off does. Lives fast.</summary>
internal sealed class TestNode : IDisposable
{
    private static readonly NodeTimes Fast = new(TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(0.5));

    private Action<Session>? _pulse;

    private TestNode(PostgresDatabase database, Node node)
    {
        Database = database;
        Node = node;
        Duties = new Duties(database, node);
    }

    public PostgresDatabase Database { get; }

    public Node Node { get; }

    public Duties Duties { get; }

    public static async Task<TestNode> JoinAsync(PostgresOptions options)
    {
        var database = PostgresDatabase.Open(options with { BetweenPulses = TimeSpan.FromMilliseconds(100) }, TimeProvider.System);
        return new(database, await Node.JoinAsync(database, TimeProvider.System, NullLogger.Instance, Fast));
    }

    /// <summary>From now on the others hear nothing of it.</summary>
    public void FallSilent() => (_pulse, Database.Pulse) = (Database.Pulse, null);

    public void WakeUp() => Database.Pulse = _pulse;

    public void Dispose() => Database.Dispose();
}

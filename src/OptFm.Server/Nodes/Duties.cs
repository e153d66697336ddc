using System.Collections.Concurrent;
using OptFm.Server.Storage;

namespace OptFm.Server.Nodes;

/// <summary>The right to do what only one node may do at a time.</summary>
/// <param name="Fence">Rises with each holder.</param>
public sealed record Duty(string Name, long Node, long Fence)
{
    /// <summary>Checks that the duty is still held, and goes on holding it until the transaction ends.</summary>
    /// <exception cref="DutyLostException">It is not: nothing may be written.</exception>
    public void Check(Session session)
    {
        if (Node == 0) return;

        session.Expect(
            "UPDATE duty SET fence = fence WHERE name = @name AND node = @node AND fence = @fence",
            () => new DutyLostException(Name),
            ("@name", Name), ("@node", Node), ("@fence", Fence));
    }
}

/// <summary>Another node does it now.</summary>
public sealed class DutyLostException(string name) : Exception($"the duty {name} is another node's now");

/// <summary>
/// What this node does for all: each duty belongs to one node, which keeps it as long as it lives. The only server of a database has them all.
/// Asking is cheap: a duty that is held costs nothing, one that another holds a read.
/// </summary>
public sealed class Duties(Database database, Node node)
{
    /// <summary>Looks after subscriptions and certificates.</summary>
    public const string Watchdog = "watchdog";

    /// <summary>Deletes by age what is over.</summary>
    public const string Retention = "retention";

    private readonly ConcurrentDictionary<string, Duty> _held = new(StringComparer.Ordinal);

    /// <summary>How often a node that has not got a duty should ask for it.</summary>
    public static TimeSpan BetweenAsking { get; } = TimeSpan.FromSeconds(1);

    /// <summary>Whether the duty is this node's now; taken over where nobody has it. False while the database does not answer.</summary>
    public async Task<bool> IsMineAsync(string name, CancellationToken stop) => await HoldAsync(name, stop) is not null;

    /// <returns>Null when another node has it, or the database does not answer.</returns>
    public async Task<Duty?> HoldAsync(string name, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        var id = node.Id;
        if (database.ServedAlone) return new Duty(name, id, 0);
        if (!node.IsSure) return null;
        // Whoever would take it from a living node must first have taken the node for dead, and then it has another id.
        if (_held.TryGetValue(name, out var held) && held.Node == id) return held;

        try
        {
            var holder = database.Read(session => session.First<long?>("SELECT node FROM duty WHERE name = @name", r => r.GetInt64(0), ("@name", name)));
            if (holder is > 0 && holder != id) return null;

            var duty = await database.WriteAsync(session => Take(session, name, id));
            if (duty is not null) _held[name] = duty;
            return duty;
        }
        catch (StoreException)
        {
            return null;
        }
    }

    /// <summary>Lets another node have it at once, as a server that stops does.</summary>
    public async Task GiveUpAsync(string name)
    {
        if (!_held.TryRemove(name, out var duty)) return;

        try
        {
            await database.WriteAsync(session => session.Execute(
                "UPDATE duty SET node = 0 WHERE name = @name AND node = @node AND fence = @fence",
                ("@name", name), ("@node", duty.Node), ("@fence", duty.Fence)));
        }
        catch (StoreException)
        {
            // It goes with the node.
        }
    }

    /// <summary>Only as long as the node is there: one that was buried meanwhile would hold it for ever.</summary>
    private static Duty? Take(Session session, string name, long node) => session.First(
        """
        INSERT INTO duty (name, node, fence) SELECT @name, id, 1 FROM node WHERE id = @node FOR KEY SHARE
        ON CONFLICT (name) DO UPDATE SET node = EXCLUDED.node, fence = duty.fence + 1 WHERE duty.node IN (0, EXCLUDED.node)
        RETURNING fence
        """,
        r => new Duty(name, node, r.GetInt64(0)),
        ("@name", name), ("@node", node));
}

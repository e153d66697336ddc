using System.Globalization;
using OptFm.Server.Operations;
using OptFm.Server.Storage;

namespace OptFm.Server.Nodes;

/// <summary>One of several servers of a database: says every two seconds that it lives, and frees what dead ones held.</summary>
internal sealed class SharedNode(Database database, NodeTimes times, TimeProvider clock, ILogger log) : Node
{
    private readonly string _name = string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}:{Environment.ProcessId}");
    private Standing _standing = new(0, 0, 0, 0);
    private volatile bool _left;

    public override long Id => Volatile.Read(ref _standing).Id;

    public override bool IsSure => !_left && IsFresh(Volatile.Read(ref _standing));

    public override int Living => Volatile.Read(ref _standing).Living;

    public async Task JoinAsync()
    {
        var asked = clock.GetTimestamp();
        var id = await database.WriteAsync(session => NodeTable.Join(session, _name, Health.Version, times.Lease).Value);
        var living = database.Read(session => NodeTable.Living(session).Value);
        Stand(new(id, living, asked, asked));
        database.Pulse = Pulse;
        log.LogInformation("This is node {Node} ({Name}) of {Living} on this database", id, _name, living);
    }

    public override async Task LeaveAsync()
    {
        _left = true;
        database.Pulse = null;
        var id = Id;
        try
        {
            await database.WriteAsync(session => Estate.Free(session, id));
        }
        catch (StoreException e)
        {
            log.LogWarning("This node could not take its leave: {Reason}; the others will miss it in {Lease:0} s", e.Message, times.Lease.TotalSeconds);
        }
    }

    private bool IsFresh(Standing standing) => clock.GetElapsedTime(standing.Renewed) < times.Lease - times.Margin;

    private void Stand(Standing standing) => Volatile.Write(ref _standing, standing);

    private void Pulse(Session session)
    {
        var before = Volatile.Read(ref _standing);
        var asked = clock.GetTimestamp();
        var (renewed, living, dead) = InTransaction(session, () => (
            NodeTable.Renew(session, before.Id, times.Lease), NodeTable.Living(session), NodeTable.Dead(session)));
        if (_left) return;

        if (renewed.Value == 0) JoinAgain(session, living.Value + 1);
        else Stand(new(before.Id, living.Value, asked, IsFresh(before) ? before.Since : asked));
        if (living.Value != before.Living) log.LogInformation("{Living} nodes live on this database", living.Value);
        if (clock.GetElapsedTime(Volatile.Read(ref _standing).Since) < times.Watch) return;

        foreach (var (id, name) in dead.Value) Bury(session, id, name);
    }

    /// <summary>The others took it for dead: it was stopped or cut off for longer than its lease. What it held is theirs.</summary>
    private void JoinAgain(Session session, int living)
    {
        var asked = clock.GetTimestamp();
        var id = InTransaction(session, () => NodeTable.Join(session, _name, Health.Version, times.Lease)).Value;
        log.LogWarning("The others took this node for dead, after more than {Lease:0} s without a word; it goes on as node {Node}", times.Lease.TotalSeconds, id);
        Stand(new(id, living, asked, asked));
    }

    private void Bury(Session session, long id, string name)
    {
        var lanes = InTransaction(session, () => NodeTable.Lock(session, id) ? Estate.Free(session, id) : (Later<int>?)null);
        if (lanes is not null) log.LogWarning("Node {Node} ({Name}) is dead: {Lanes} chats that it worked on go on elsewhere", id, name, lanes.Value.Value);
    }

    private static T InTransaction<T>(Session session, Func<T> work)
    {
        try
        {
            session.Begin();
            var result = work();
            session.Commit();
            return result;
        }
        catch
        {
            session.RollBack();
            throw;
        }
    }

    /// <param name="Renewed">Timestamp of before it last said that it lives.</param>
    /// <param name="Since">The same of when it began to do so without a gap.</param>
    private sealed record Standing(long Id, int Living, long Renewed, long Since);
}

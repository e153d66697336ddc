using OptFm.Server.Queue;
using OptFm.Server.Storage;

namespace OptFm.Server.Operations;

/// <summary>Asks the database how it is, for the health check.</summary>
public sealed class QueueProbe(Database database, IReadOnlyList<string> channels, TimeProvider clock)
{
    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Writes a row and waits until it is on disk.</summary>
    public Task<bool> WriteAsync()
    {
        var now = Now;
        return database.WriteAsync(session =>
            session.Execute("INSERT INTO heartbeat (id, at) VALUES (1, @now) ON CONFLICT (id) DO UPDATE SET at = @now", ("@now", now)) == 1);
    }

    public QueueAges Ages() => database.Read(session => new QueueAges(Oldest(session, QueueName.In), Oldest(session, QueueName.Out)));

    /// <summary>For how long the longest waiting lane has been due; a claimed lane is due when its lease ends.</summary>
    private TimeSpan? Oldest(Session session, string queue)
    {
        var due = channels.Select(channel => Lanes.NextDue(session, queue, channel)).Min();
        return due <= Now ? TimeSpan.FromMilliseconds(Now - due.Value) : null;
    }
}

using OptFm.Server.Storage;

namespace OptFm.Server.Queue;

/// <summary>What one look into a queue brought.</summary>
/// <param name="Work">One piece per claimed lane; each runs at once, beside the others, and must not throw.</param>
/// <param name="LookAgain">When something will be due that was not, Unix ms; null when nothing is known to come.</param>
public sealed record ClaimRound(IReadOnlyList<Func<Task>> Work, long? LookAgain);

/// <summary>
/// Claims lanes and works on them side by side: the loop of the inbox and of the outbox.
/// It looks when it is woken, when a lane falls due, and once a second for what was put there by another process.
/// </summary>
/// <param name="name">For the log.</param>
/// <param name="most">How many lanes may be worked on at once.</param>
/// <param name="pressure">What goes before.</param>
/// <param name="clock">For waiting.</param>
/// <param name="log">For failures.</param>
public sealed class ClaimLoop(string name, int most, AckPressure pressure, TimeProvider clock, ILogger log) : IDisposable
{
    private static readonly TimeSpan SlowPoll = TimeSpan.FromSeconds(1);

    /// <summary>
    /// What is due and was not claimed is in another node's hands, whose transaction is on its way to the disk. Looking again at once would
    /// keep two nodes busy, and the database, for as long as the third commits.
    /// </summary>
    private static readonly TimeSpan ElsewhereClaimed = TimeSpan.FromMilliseconds(5);

    private readonly WakeUp _wakeUp = new();
    private int _underWay;

    /// <summary>Whether the loop is running; a server whose loops have ended cannot do its job.</summary>
    public bool Running { get; private set; }

    public void Wake() => _wakeUp.Set();

    /// <summary>Runs until <paramref name="stop"/>, then waits for what is under way.</summary>
    /// <param name="claim">Claims up to the given number of lanes.</param>
    public async Task RunAsync(Func<int, Task<ClaimRound>> claim, CancellationToken stop)
    {
        Running = true;
        try
        {
            while (!stop.IsCancellationRequested)
            {
                await pressure.RestAsync(clock, stop);
                await _wakeUp.WaitAsync(await LookAsync(claim), clock, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
        finally
        {
            Running = false;
        }

        while (Volatile.Read(ref _underWay) > 0) await _wakeUp.WaitAsync(SlowPoll, clock, CancellationToken.None);
    }

    public void Dispose() => _wakeUp.Dispose();

    /// <returns>How long to wait before looking again, unless woken.</returns>
    private async Task<TimeSpan> LookAsync(Func<int, Task<ClaimRound>> claim)
    {
        var free = pressure.Lanes(most) - Volatile.Read(ref _underWay);
        if (free <= 0) return SlowPoll;

        ClaimRound round;
        try
        {
            round = await claim(free);
        }
        catch (StoreException e)
        {
            log.LogError("{Queue}: {Reason}; trying again", name, e.Message);
            return SlowPoll;
        }

        Interlocked.Add(ref _underWay, round.Work.Count);
        foreach (var work in round.Work) _ = Task.Run(() => WorkAsync(work), CancellationToken.None);
        if (round.LookAgain is not { } due) return SlowPoll;

        var wait = TimeSpan.FromMilliseconds(due - clock.GetUtcNow().ToUnixTimeMilliseconds());
        if (round.Work.Count == 0 && wait <= TimeSpan.Zero) return ElsewhereClaimed;
        return wait < SlowPoll ? wait : SlowPoll;
    }

    private async Task WorkAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception e)
        {
            // The lane's lease brings it back; nothing is lost, but this is a defect worth seeing.
            log.LogError(e, "{Queue}: a lane's worker failed", name);
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
            _wakeUp.Set();
        }
    }
}

namespace OptFm.Server.Faq;

/// <summary>
/// Lets a changed FAQ go live only when it breaks no golden question that the live one answers. A refused one waits: when the golden file
/// changes, it is tried again. Thread-safe.
/// </summary>
internal sealed class FaqGate(FaqSnapshot live, GoldenFile? golden, bool force, ILogger log)
{
    /// <summary>So many differences are told; the rest is counted.</summary>
    private const int MostTold = 20;

    private readonly Lock _lock = new();
    private FaqSnapshot _live = live;
    private FaqSnapshot? _waiting;
    private GoldenFile? _golden = golden;
    private bool _isGoldenBad;

    public FaqSnapshot Live => Volatile.Read(ref _live);

    /// <summary>Tells what the FAQ that the server starts with fails. It goes live nevertheless: a shop must have its bot.</summary>
    public void TellFirst()
    {
        lock (_lock)
        {
            if (_golden is null) return;
            var failed = GoldenReplay.Differences(_golden, _live, null);
            if (failed.Count == 0) return;
            log.GoldenFailedAtStart(failed.Count, _golden.Questions.Count);
            Tell(failed);
        }
    }

    public void Offer(FaqSnapshot next)
    {
        lock (_lock) Consider(next);
    }

    /// <summary>Whether a change may go live, for all nodes; <see cref="Take"/> then lets it.</summary>
    public bool Allows(FaqSnapshot next)
    {
        lock (_lock) return Allowed(next);
    }

    /// <summary>Lets live what was allowed, at this node or another.</summary>
    public void Take(FaqSnapshot next)
    {
        lock (_lock) GoLive(next);
    }

    /// <summary>What was refused is no longer what the file holds.</summary>
    public void Withdraw()
    {
        lock (_lock) _waiting = null;
    }

    /// <param name="golden">The golden file as it is now; null when there is none any more.</param>
    public void Use(GoldenFile? golden)
    {
        lock (_lock)
        {
            (_golden, _isGoldenBad) = (golden, false);
            log.GoldenRead(golden?.Questions.Count ?? 0);
            if (_waiting is { } waiting) Consider(waiting);
            else TellFailing(_live);
        }
    }

    /// <summary>The golden file cannot be read: without an earlier version of it no change can be checked.</summary>
    public void GoldenIsBad()
    {
        lock (_lock) _isGoldenBad = _golden is null;
    }

    private void Consider(FaqSnapshot next)
    {
        if (Allowed(next)) GoLive(next);
        else _waiting = next;
    }

    private bool Allowed(FaqSnapshot next)
    {
        var differences = _golden is null ? [] : GoldenReplay.Differences(_golden, next, _live);
        var broken = differences.Where(difference => difference.IsBroken).ToList();
        if (!force && (broken.Count > 0 || _isGoldenBad))
        {
            if (_isGoldenBad) log.FaqUnchecked();
            else log.FaqBreaksGolden(broken.Count);
            Tell(broken);
            return false;
        }

        if (broken.Count > 0) log.FaqForced(broken.Count);
        Tell(differences);
        return true;
    }

    private void GoLive(FaqSnapshot next)
    {
        _waiting = null;
        Volatile.Write(ref _live, next);
        log.FaqReloaded(next.Entries.Count);
    }

    private void TellFailing(FaqSnapshot faq)
    {
        if (_golden is not null) Tell(GoldenReplay.Differences(_golden, faq, null));
    }

    private void Tell(IReadOnlyList<GoldenDifference> differences)
    {
        foreach (var difference in differences.Take(MostTold)) log.GoldenDiffers(difference.InEnglish, difference.InRussian);
        if (differences.Count > MostTold) log.GoldenDiffers($"and {differences.Count - MostTold} more", $"и ещё {differences.Count - MostTold}");
    }
}

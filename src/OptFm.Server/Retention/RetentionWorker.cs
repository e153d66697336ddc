using OptFm.Server.Storage;

namespace OptFm.Server.Retention;

/// <summary>Deletes what is over and old, now and then, as long as the server runs.</summary>
/// <param name="onDuty">Whether this node is the one that does it; asked again and again.</param>
/// <param name="clock">The database's.</param>
public sealed class RetentionWorker(RetentionOptions options, Database database, Func<CancellationToken, Task<bool>> onDuty, TimeProvider clock, ILogger<RetentionWorker> log)
{
    private static readonly TimeSpan BeforeFirst = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan BetweenRounds = TimeSpan.FromHours(6);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromMinutes(10);

    /// <summary>Between two transactions of 500 rows: up to 10,000 rows a second, and never more than a small part of the writer's time.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(50);

    /// <summary>Runs until <paramref name="stop"/>.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        if (options.Keep is not { } keep) return;

        try
        {
            for (var pause = BeforeFirst; ;)
            {
                await Task.Delay(pause, clock, stop);
                pause = await TrimAsync(keep, stop) ? BetweenRounds : AfterFailure;
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // What is left is deleted after the next start.
        }
    }

    /// <returns>False when it is to be tried again soon.</returns>
    private async Task<bool> TrimAsync(TimeSpan keep, CancellationToken stop)
    {
        try
        {
            var cutoff = (clock.GetUtcNow() - keep).ToUnixTimeMilliseconds();
            if (await new RetentionRound(database, onDuty, token => Task.Delay(Rest, clock, token)).RunAsync(cutoff, stop) is not { } trimmed) return false;
            Tell(trimmed, keep);
            return true;
        }
        catch (StoreException e)
        {
            log.LogWarning("Old rows could not be deleted: {Reason}; trying again", e.Message);
            return false;
        }
    }

    private void Tell(Trimmed trimmed, TimeSpan keep)
    {
        if (trimmed.Failed > 0)
            log.LogWarning("{Failed} messages that could not be handled and that nobody had replayed in {Days} days are deleted", trimmed.Failed, (int)keep.TotalDays);
        if (trimmed.Total > 0)
        {
            log.LogInformation(
                "Older than {Days} days and deleted: {Rows}", (int)keep.TotalDays, string.Join(", ", trimmed.Rows.Select(table => $"{table.Key} {table.Value}")));
        }
    }
}

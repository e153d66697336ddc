using Microsoft.Extensions.Logging.Abstractions;
using OptFm.Server.Channels;
using OptFm.Server.Outbox;
using OptFm.Server.Queue;
using OptFm.Server.Storage;
using OptFm.Server.Tests.MessagePath;

namespace OptFm.Server.Tests.Outbox;

public sealed class IdleOutboxTests
{
    [Fact]
    public async Task With_nothing_to_send_the_worker_rests_though_its_rate_allows_fewer_calls_than_it_has_lanes()
    {
        var folder = Directory.CreateTempSubdirectory("optfm-test-");
        using var stop = new CancellationTokenSource();
        var clock = new WatchedClock();
        using var channel = new ScriptedChannel { Limits = new ChannelLimits { TextLength = 4000, PerMinute = 1800 } };
        using var database = SqliteDatabase.OpenToServe(System.IO.Path.Combine(folder.FullName, "optfm.db"));
        var schedule = new RetrySchedule(new Random(1), TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(20));
        var options = new OutboxOptions { ReplyMaxAge = TimeSpan.FromHours(1) };
        using var worker = new OutboxWorker(channel, database, options, schedule, new AckPressure(), clock, NullLogger.Instance);

        var running = Task.Run(() => worker.RunAsync(stop.Token), CancellationToken.None);

        await clock.Rested.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        await stop.CancelAsync();
        await running;
    }

    /// <summary>A worker that rests sets a timer; one that looks again at once never does.</summary>
    private sealed class WatchedClock : TimeProvider
    {
        private readonly TaskCompletionSource _rested = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Rested => _rested.Task;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _rested.TrySetResult();
            return base.CreateTimer(callback, state, dueTime, period);
        }
    }
}

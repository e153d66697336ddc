using Microsoft.Extensions.Logging.Abstractions;
using OptFm.Server.Channels;
using OptFm.Server.Inbox;
using OptFm.Server.Nodes;
using OptFm.Server.Queue;
using OptFm.Server.Storage;
using OptFm.Server.Tests.MessagePath;
using OptFm.Server.Tests.Storage;
using BotPath = OptFm.Server.Tests.MessagePath.Path;

namespace OptFm.Server.Tests.Nodes;

/// <summary>What only one node does at a time, and who does it when that one is gone.</summary>
public sealed class DutyTests(PostgresServer server)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_only_server_of_a_database_has_every_duty()
    {
        await using var store = new SqliteStore();
        using var database = await store.OpenAsync();

        var duties = new Duties(database, Node.Alone);

        (await duties.IsMineAsync("poll:max", Stop)).ShouldBeTrue();
    }

    [Fact]
    public async Task One_node_has_a_duty_and_another_gets_it_when_that_one_dies_or_gives_it_up()
    {
        var options = await server.DatabaseAsync();
        using var one = await TestNode.JoinAsync(options);
        using var other = await TestNode.JoinAsync(options);
        (await one.Duties.IsMineAsync("watch", Stop)).ShouldBeTrue();
        (await other.Duties.IsMineAsync("watch", Stop)).ShouldBeFalse();
        (await one.Duties.IsMineAsync("watch", Stop)).ShouldBeTrue();

        await one.Duties.GiveUpAsync("watch");
        (await other.Duties.IsMineAsync("watch", Stop)).ShouldBeTrue();
        (await one.Duties.IsMineAsync("watch", Stop)).ShouldBeFalse();

        other.FallSilent();
        while (!await one.Duties.IsMineAsync("watch", Stop)) await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Stop);
        (await other.Duties.IsMineAsync("watch", Stop)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_node_that_lost_a_duty_writes_nothing_under_it()
    {
        var options = await server.DatabaseAsync();
        using var zombie = await TestNode.JoinAsync(options);
        using var living = await TestNode.JoinAsync(options);
        var duty = (await zombie.Duties.HoldAsync("poll:scripted", Stop)).ShouldNotBeNull();
        var inbox = new InboxStore(zombie.Database, zombie.Database.Clock!);
        await StoreAsync("1");

        zombie.FallSilent();
        while (!await living.Duties.IsMineAsync("poll:scripted", Stop)) await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Stop);

        await Should.ThrowAsync<DutyLostException>(StoreAsync("2"));
        inbox.Marker("scripted").ShouldBe("1");
        zombie.Database.Read(session => session.First("SELECT count(*) FROM inbox", r => r.GetInt64(0))).ShouldBe(1);

        async Task<int> StoreAsync(string marker)
        {
            var body = ScriptedChannel.Update(marker, "chat", "hello");
            using var channel = new ScriptedChannel();
            return await inbox.StoreAsync("scripted", [(channel.Read(body)!, body)], marker, duty);
        }
    }

    [Fact]
    public async Task Updates_are_fetched_by_one_node_at_a_time_and_by_another_when_it_stops_or_dies()
    {
        var options = await server.DatabaseAsync();
        using var messenger = new PolledMessenger();
        using var first = await PollingNode.StartAsync(options, messenger);
        await messenger.PolledBy(first.Channel);
        using var second = await PollingNode.StartAsync(options, messenger);
        using var third = await PollingNode.StartAsync(options, messenger);

        await first.StopAsync();
        var heir = await messenger.PolledBy(second.Channel, third.Channel);
        var (silent, last) = heir == second.Channel ? (second, third) : (third, second);
        silent.Node.FallSilent();
        await messenger.PolledBy(last.Channel);

        messenger.MostAtOnce.ShouldBe(1);
        await Task.WhenAll(silent.StopAsync(), last.StopAsync());
    }

    /// <summary>Notes who fetches; a poll lasts a few milliseconds.</summary>
    private sealed class PolledMessenger : IDisposable
    {
        private readonly Lock _gate = new();
        private readonly SemaphoreSlim _news = new(0);
        private object? _latest;
        private int _now;

        public int MostAtOnce { get; private set; }

        public async Task<object> PolledBy(params object[] channels)
        {
            while (true)
            {
                (await _news.WaitAsync(TimeSpan.FromSeconds(30), Stop)).ShouldBeTrue("nobody polls");
                lock (_gate)
                {
                    if (_latest is not null && channels.Contains(_latest)) return _latest;
                }
            }
        }

        public async Task PollAsync(object channel, CancellationToken stop)
        {
            lock (_gate)
            {
                _latest = channel;
                MostAtOnce = Math.Max(MostAtOnce, ++_now);
            }

            try
            {
                _news.Release();
                await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, stop);
            }
            finally
            {
                lock (_gate) _now--;
            }
        }

        public void Dispose() => _news.Dispose();
    }

    private sealed class PolledChannel(PolledMessenger messenger) : IPolledChannel
    {
        public string Name => "polled";

        public ChannelLimits Limits { get; } = new() { TextLength = 4000 };

        public Update? Read(ReadOnlyMemory<byte> json) => null;

        public Task<SendResult> SendAsync(OutboundMessage message, CancellationToken stop) => Task.FromResult(SendResult.Sent("id"));

        public async Task<PolledBatch> PollAsync(string? marker, CancellationToken stop)
        {
            await messenger.PollAsync(this, stop);
            return new PolledBatch([], marker);
        }
    }

    private sealed class PollingNode : IDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private Task _running = Task.CompletedTask;

        private PollingNode(TestNode node, PolledChannel channel) => (Node, Channel) = (node, channel);

        public TestNode Node { get; }

        public PolledChannel Channel { get; }

        public static async Task<PollingNode> StartAsync(Server.Storage.Postgres.PostgresOptions options, PolledMessenger messenger)
        {
            var polling = new PollingNode(await TestNode.JoinAsync(options), new PolledChannel(messenger));
            var clock = polling.Node.Database.Clock!;
            var schedule = new RetrySchedule(new Random(1), TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(20));
            var inbox = new InboxStore(polling.Node.Database, clock);
            var worker = new PollingWorker(polling.Channel, inbox, polling.Node.Duties, schedule, clock, NullLogger.Instance);
            polling._running = Task.Run(() => worker.RunAsync(polling._stop.Token), CancellationToken.None);
            return polling;
        }

        public async Task StopAsync()
        {
            await _stop.CancelAsync();
            await _running;
        }

        public void Dispose()
        {
            Node.Dispose();
            _stop.Dispose();
        }
    }
}

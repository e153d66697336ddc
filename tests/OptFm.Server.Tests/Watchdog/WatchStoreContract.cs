using OptFm.Server.Tests.Storage;
using OptFm.Server.Watchdog;

namespace OptFm.Server.Tests.Watchdog;

/// <summary>What both databases keep of the watch.</summary>
public abstract class WatchStoreContract(TestStore store) : IAsyncDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 8, 1, 12, 0, 0, TimeSpan.Zero);

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return store.DisposeAsync();
    }

    [Fact]
    public async Task A_state_comes_back_as_it_was_and_the_later_takes_the_place_of_the_earlier()
    {
        using var database = await store.OpenAsync();
        var watch = new WatchStore(database);
        watch.Read().States.ShouldBeEmpty();
        var state = new WatchState
        {
            CheckedAt = Noon,
            Subscription = Subscription.Gone,
            Repairs = new Effort(3, Noon),
            Pending = 5,
            Ends = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal) { ["public"] = Noon },
            Warnings = [new("max-webhook", "failure", Noon, "в MAX нет вебхука \"\u0001", "sudo optfm")],
        };

        await watch.WriteAsync("max", new WatchState { Subscription = Subscription.Stands });
        await watch.WriteAsync("max", state);

        var read = watch.Read().Of("max");
        read.Warnings.ShouldBe(state.Warnings);
        read.Ends.ShouldBe(state.Ends);
        (read with { Warnings = state.Warnings, Ends = state.Ends }).ShouldBe(state);
    }

    [Fact]
    public async Task Nodes_that_write_in_any_order_keep_the_latest_and_where_the_refusals_began()
    {
        using var database = await store.OpenAsync();
        var watch = new WatchStore(database);

        await AddAsync(watch, new Deliveries(Noon));
        await AddAsync(watch, new Deliveries(Noon.AddMinutes(-5)));
        watch.Read().DeliveriesOf("max").ShouldBe(new Deliveries(Noon));

        await AddAsync(watch, new Deliveries(null, Noon.AddMinutes(2), Noon.AddMinutes(1), "secret"));
        await AddAsync(watch, new Deliveries(null, Noon.AddMinutes(30), Noon.AddMinutes(20), "store"));
        watch.Read().DeliveriesOf("max").ShouldBe(new Deliveries(Noon, Noon.AddMinutes(30), Noon.AddMinutes(1), "store"));
        watch.Read().DeliveriesOf("max").Failing.ShouldBeTrue();

        await AddAsync(watch, new Deliveries(Noon.AddMinutes(40)));
        watch.Read().DeliveriesOf("max").Failing.ShouldBeFalse();
        await AddAsync(watch, new Deliveries(null, Noon.AddMinutes(50), Noon.AddMinutes(50), "secret"));
        watch.Read().DeliveriesOf("max").RefusedSince.ShouldBe(Noon.AddMinutes(50), "what was before the last acceptance is over");
    }

    private static Task AddAsync(WatchStore watch, Deliveries seen) => watch.AddAsync(new Dictionary<string, Deliveries>(StringComparer.Ordinal) { ["max"] = seen });
}

public sealed class SqliteWatchStoreTests() : WatchStoreContract(new SqliteStore());

public sealed class PostgresWatchStoreTests(PostgresServer server) : WatchStoreContract(new PostgresStore(server));

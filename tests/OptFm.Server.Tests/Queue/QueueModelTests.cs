using FsCheck;
using FsCheck.Fluent;
using OptFm.Server.Storage;
using OptFm.Server.Tests.Storage;

namespace OptFm.Server.Tests.Queue;

/// <summary>The queue under random stories: its states, claims and fences.</summary>
public abstract class QueueModelTests(TestStore store, int nodes) : IAsyncDisposable
{
    private int _stories;

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return store.DisposeAsync();
    }

    [Fact]
    public Task The_database_and_the_model_come_to_the_same_whatever_happens_in_whatever_order() =>
        CheckAsync(stories: 150, (queue, steps) => new QueueStory(queue).TellAsync(steps));

    [Fact]
    public Task Workers_who_race_lose_nothing_do_nothing_twice_and_keep_the_order_of_each_chat() =>
        CheckAsync(stories: 50, (queue, steps) => new QueueRace(queue).RunAsync(steps));

    private async Task CheckAsync(int stories, Func<QueueStore, Step[], Task> tell)
    {
        List<Database> databases = [];
        for (var i = 0; i < nodes; i++) databases.Add(await store.OpenAsync());
        try
        {
            Prop.ForAll(Steps.Of(Enum.GetValues<Act>(), longest: 150), steps => tell(new(databases, $"story {_stories++}"), steps))
                .Check(Config.QuickThrowOnFailure.WithMaxTest(stories));
        }
        finally
        {
            databases.ForEach(database => database.Dispose());
        }
    }
}

public sealed class QueueModelOnSqlite() : QueueModelTests(new SqliteStore(), nodes: 1);

public sealed class QueueModelOnPostgres(PostgresServer server) : QueueModelTests(new PostgresStore(server), nodes: Steps.Workers);

using OptFm.Server.Answers;
using OptFm.Server.Conversations;
using OptFm.Server.Tests.Storage;

namespace OptFm.Server.Tests.MessagePath;

/// <summary>How long a chat remembers what it was about.</summary>
public abstract class TopicTests(TestStore store) : MessagePathTests(store)
{
    private const long Minute = 60_000;

    [Fact]
    public async Task A_topic_is_forgotten_after_half_an_hour_of_silence_and_a_search_is_not()
    {
        await using var path = await OpenAsync();
        await path.Database.WriteAsync(session =>
        {
            ConversationStore.Save(session, new("test", "faq") { Topic = "8", FirstName = "Олег", Greeted = true }, 0);
            ConversationStore.Save(session, new("test", "goods") { Topic = "price:чехол" }, 0);
            return true;
        });

        Load("faq", 30 * Minute).Topic.ShouldBe("8");
        Load("faq", (30 * Minute) + 1).ShouldBe(new("test", "faq") { FirstName = "Олег", Greeted = true });
        Load("goods", 1000 * Minute).Topic.ShouldBe("price:чехол");
        Load("faq", -5 * Minute).Topic.ShouldBe("8", "a clock set back");

        Conversation Load(string chat, long now) => path.Database.Read(session => ConversationStore.Load(session, "test", chat, now));
    }

    [Fact]
    public async Task Each_message_of_a_chat_with_a_topic_makes_it_young_again()
    {
        await using var path = await OpenAsync(answer: (_, conversation) => new Answer("faq", [new Reply("ответ")], conversation with { Topic = "8" }));
        await path.Database.WriteAsync(session =>
        {
            ConversationStore.Save(session, new(path.Channel.Name, "chat") { Topic = "8" }, TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() - (20 * Minute));
            return true;
        });
        await path.Running().SaysAsync("chat", "а ещё?");
        await Path.UntilAsync(() => path.Updates(OptFm.Server.Inbox.InboxState.Done).Count == 1);

        var soon = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() + (20 * Minute);
        path.Database.Read(session => ConversationStore.Load(session, path.Channel.Name, "chat", soon)).Topic.ShouldBe("8");
    }
}

public sealed class TopicOnSqlite() : TopicTests(new SqliteStore());

public sealed class TopicOnPostgres(PostgresServer server) : TopicTests(new PostgresStore(server));

using OptFm.Server.Channels;
using OptFm.Server.Conversations;
using OptFm.Server.Outbox;
using OptFm.Server.Queue;
using OptFm.Server.Tests.Storage;

namespace OptFm.Server.Tests.MessagePath;

public abstract class SendingTests(TestStore store) : MessagePathTests(store)
{
    [Fact]
    public async Task A_refusal_that_passes_delays_the_chat_but_never_reorders_it()
    {
        await using var path = await OpenAsync();
        path.Channel.Next("chat", SendResult.Retry("429"), SendResult.Retry("503"), SendResult.Retry("connection refused"));
        path.Running();

        await path.SaysAsync("chat", "one");
        await path.SaysAsync("chat", "two");
        await path.SaysAsync("other", "meanwhile");

        await path.Channel.UntilAsync(() => path.Channel.Sent.Count == 3);
        path.Channel.SentTo("chat").ShouldBe(["one", "two"]);
    }

    [Fact]
    public async Task A_messenger_asking_to_wait_is_obeyed()
    {
        await using var path = await OpenAsync();
        path.Channel.Next("chat", SendResult.Retry("429", TimeSpan.FromMilliseconds(300)));
        path.Running();
        var start = TimeProvider.System.GetTimestamp();

        await path.SaysAsync("chat", "one");

        await path.Channel.UntilAsync(() => path.Channel.Sent.Count == 1);
        TimeProvider.System.GetElapsedTime(start).ShouldBeGreaterThan(TimeSpan.FromMilliseconds(299));
    }

    [Fact]
    public async Task A_send_of_unknown_outcome_is_tried_again_a_few_times_and_counted()
    {
        await using var path = await OpenAsync();
        path.Channel.Next("lucky", SendResult.Unknown("cut"), SendResult.Unknown("cut"));
        path.Channel.Next("unlucky", [.. Enumerable.Repeat(SendResult.Unknown("cut"), 20)]);
        path.Running();

        await path.SaysAsync("lucky", "one");
        await path.SaysAsync("unlucky", "one");

        await Path.UntilAsync(() => path.Replies(OutboxState.Buried).Count == 1 && path.Replies(OutboxState.Sent).Count == 1);
        var buried = path.Replies(OutboxState.Buried).Single();
        (buried.Chat, buried.Attempts, buried.Reason).ShouldBe(("unlucky", 6, "cut; its outcome is unknown for the 6. time"));
        path.Replies(OutboxState.Sent).Single().Unknowns.ShouldBe(2);
    }

    [Fact]
    public async Task A_press_is_never_answered_twice()
    {
        await using var path = await OpenAsync();
        path.Channel.Next("chat", SendResult.Unknown("cut"));
        await path.Database.WriteAsync(session =>
        {
            var press = new OutboundMessage(OutboundKind.CallbackAnswer, "chat", "") { CallbackId = "press" };
            OutboxStore.Add(session, path.Channel.Name, "chat", null, OutboxJson.Write(press), TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
            return true;
        });
        path.Running();

        await Path.UntilAsync(() => path.Replies(OutboxState.Buried).Count == 1);
        path.Channel.Calls.ShouldBe(1);
    }

    [Fact]
    public async Task What_can_never_be_sent_is_buried_with_its_reason_and_the_next_reply_goes_on()
    {
        await using var path = await OpenAsync();
        path.Channel.Next("chat", SendResult.Refused("400 text is empty"));
        path.Running();

        await path.SaysAsync("chat", "bad");
        await path.SaysAsync("chat", "good");

        await path.Channel.UntilAsync(() => path.Channel.Sent.Count == 1);
        path.Channel.SentTo("chat").ShouldBe(["good"]);
        path.Replies(OutboxState.Buried).Single().Reason.ShouldBe("400 text is empty");
    }

    [Fact]
    public async Task A_refusal_about_the_message_itself_is_tried_only_so_often()
    {
        await using var path = await OpenAsync();
        var notReady = SendResult.Retry("attachment.not.ready") with { Limited = true };
        path.Channel.Next("chat", notReady, notReady, notReady, notReady);
        path.Running();

        await path.SaysAsync("chat", "picture");

        await Path.UntilAsync(() => path.Replies(OutboxState.Buried).Count == 1);
        path.Channel.Calls.ShouldBe(3);
    }

    [Fact]
    public async Task Nothing_more_is_sent_to_whoever_blocked_the_bot_until_they_write_again()
    {
        await using var path = await OpenAsync();
        path.Channel.Next("chat", SendResult.Blocked("403 blocked by the user"));
        await path.SaysAsync("chat", "one");
        await path.SaysAsync("chat", "two");
        path.Running();

        await Path.UntilAsync(() => path.Replies(OutboxState.Buried).Count >= 1 && path.Replies(OutboxState.Waiting).Count == 0);
        path.Database.Read(s => ConversationStore.Load(s, path.Channel.Name, "chat", 0)).Blocked.ShouldBeTrue();

        await path.SaysAsync("chat", "three");
        await path.Channel.UntilAsync(() => path.Channel.SentTo("chat").Contains("three"));
    }

    [Fact]
    public async Task Replies_follow_a_chat_that_moved()
    {
        await using var path = await OpenAsync();
        path.Channel.Next("old", SendResult.Moved("new"));
        await path.SaysAsync("old", "one");
        await path.SaysAsync("old", "two");
        path.Running();

        await path.Channel.UntilAsync(() => path.Channel.Sent.Count == 2);
        path.Channel.Sent.Select(m => m.Text).ShouldBe(["one", "two"]);
        path.Channel.Sent[0].Chat.ShouldBe("new");
    }

    [Fact]
    public async Task A_reply_too_old_to_be_worth_sending_is_dropped_with_a_reason()
    {
        await using var path = await OpenAsync(replyMaxAge: TimeSpan.Zero);
        path.Channel.Next("chat", [.. Enumerable.Repeat(SendResult.Retry("503"), 50)]);
        path.Running();

        await path.SaysAsync("chat", "late");

        await Path.UntilAsync(() => path.Replies(OutboxState.Buried).Count == 1);
        path.Replies().Single().Reason.ShouldStartWith("undeliverable for more than");
    }

    [Fact]
    public async Task A_buried_reply_goes_out_when_the_administrator_retries_it()
    {
        await using var path = await OpenAsync();
        path.Channel.Next("chat", SendResult.Refused("400"));
        path.Running();
        await path.SaysAsync("chat", "again");
        await Path.UntilAsync(() => path.Replies(OutboxState.Buried).Count == 1);

        var id = path.Replies().Single().Id;
        (await path.Database.WriteAsync(session => OutboxDesk.Retry(session, id, TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()))).ShouldBeTrue();

        await path.Channel.UntilAsync(() => path.Channel.Sent.Count == 1);
    }

    [Fact]
    public async Task Replies_wait_out_an_outage_and_then_go_out_in_order()
    {
        await using var path = await OpenAsync();
        foreach (var chat in Enumerable.Range(0, 20)) path.Channel.Next($"{chat}", [.. Enumerable.Repeat(SendResult.Retry("503"), 3)]);
        path.Running();

        for (var i = 0; i < 3; i++)
        {
            foreach (var chat in Enumerable.Range(0, 20)) await path.SaysAsync($"{chat}", $"{i}");
        }

        await path.Channel.UntilAsync(() => path.Channel.Sent.Count == 60);
        foreach (var chat in Enumerable.Range(0, 20)) path.Channel.SentTo($"{chat}").ShouldBe(["0", "1", "2"]);
    }

    [Fact]
    public async Task The_limit_of_a_chat_is_kept()
    {
        await using var path = await RunningAsync(new ScriptedChannel { Limits = new() { TextLength = 4000, PerSecondInChat = 2 } });
        var start = TimeProvider.System.GetTimestamp();

        for (var i = 0; i < 5; i++) await path.SaysAsync("chat", $"{i}");

        await path.Channel.UntilAsync(() => path.Channel.Sent.Count == 5);
        TimeProvider.System.GetElapsedTime(start).ShouldBeGreaterThan(TimeSpan.FromSeconds(1.99));
        path.Channel.SentTo("chat").ShouldBe(["0", "1", "2", "3", "4"]);
    }

    [Fact]
    public async Task The_limit_of_a_group_is_kept_by_whoever_sends_next()
    {
        var limits = new ChannelLimits { TextLength = 4000, PerMinuteInGroup = 2 };
        await using (var first = await OpenAsync(new ScriptedChannel { Limits = limits }))
        {
            for (var i = 0; i < 3; i++) await first.SaysAsync("-5", $"{i}");
            first.Running();
            await Path.UntilAsync(() => first.Replies(OutboxState.Sent).Count == 2 && first.Replies(OutboxState.Waiting).Count == 1);
        }

        await using var next = await OpenAsync(new ScriptedChannel { Limits = limits });
        next.Running();
        await next.SaysAsync("5", "hello");
        await next.Channel.UntilAsync(() => next.Channel.Sent.Count == 1);

        next.Channel.SentTo("-5").ShouldBeEmpty();
        var due = next.Database.Read(session => Lanes.NextDue(session, QueueName.Out, next.Channel.Name)).ShouldNotBeNull();
        (due - next.Replies(OutboxState.Sent).Where(reply => reply.Chat == "-5").Min(reply => reply.FinishedAt)!.Value).ShouldBeInRange(59_000, 60_000);
    }

    [Fact]
    public async Task The_limit_of_the_bot_is_kept_by_all_chats_together()
    {
        await using var path = await RunningAsync(new ScriptedChannel { Limits = new() { TextLength = 4000, PerMinute = 600 } });
        var start = TimeProvider.System.GetTimestamp();

        for (var i = 0; i < 25; i++) await path.SaysAsync($"chat {i}", "hello");

        await path.Channel.UntilAsync(() => path.Channel.Sent.Count == 25);
        TimeProvider.System.GetElapsedTime(start).ShouldBeGreaterThan(TimeSpan.FromSeconds(1.99));
    }
}

public sealed class SendingOnSqlite() : SendingTests(new SqliteStore());

public sealed class SendingOnPostgres(PostgresServer server) : SendingTests(new PostgresStore(server));

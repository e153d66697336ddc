using OptFm.Server.Answers;
using OptFm.Server.Channels;
using OptFm.Server.Inbox;
using OptFm.Server.Tests.Storage;

namespace OptFm.Server.Tests.MessagePath;

public abstract class AnsweringTests(TestStore store) : MessagePathTests(store)
{
    [Fact]
    public async Task An_update_delivered_many_times_at_once_gets_one_reply()
    {
        await using var path = await RunningAsync();

        var fresh = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => path.SaysAsync("chat", "hello", key: "the same")));
        await path.SaysAsync("chat", "and after");

        await path.Channel.UntilAsync(() => path.Channel.Sent.Count == 2);
        fresh.Count(f => f).ShouldBe(1);
        path.Channel.SentTo("chat").ShouldBe(["hello", "and after"]);
    }

    [Fact]
    public async Task Each_chat_is_answered_in_the_order_in_which_its_updates_were_stored()
    {
        await using var path = await RunningAsync();

        var chats = Enumerable.Range(0, 30).Select(n => $"chat {n}").ToList();
        for (var i = 0; i < 20; i++)
        {
            var number = i;
            await Task.WhenAll(chats.Select(chat => path.SaysAsync(chat, number.ToString())));
        }

        await path.Channel.UntilAsync(() => path.Channel.Sent.Count == 600);
        foreach (var chat in chats) path.Channel.SentTo(chat).ShouldBe(Enumerable.Range(0, 20).Select(n => n.ToString()));
    }

    [Fact]
    public async Task A_slow_chat_does_not_hold_up_the_others()
    {
        using var gate = new ManualResetEventSlim();
        await using var path = await RunningAsync(answer: (message, conversation) =>
        {
            if (message.Chat == "slow") gate.Wait(TimeSpan.FromSeconds(30));
            return new Answer("echo", [new Reply(message.Text)], conversation);
        });

        await path.SaysAsync("slow", "thinking");
        await path.SaysAsync("quick", "done");

        await path.Channel.UntilAsync(() => path.Channel.Sent.Count == 1);
        path.Channel.Sent[0].Chat.ShouldBe("quick");
        gate.Set();
        await path.Channel.UntilAsync(() => path.Channel.Sent.Count == 2);
    }

    [Fact]
    public async Task A_message_that_cannot_be_handled_is_tried_again_and_then_answered_with_an_apology_and_kept()
    {
        var attempts = 0;
        await using var path = await RunningAsync(answer: (message, conversation) =>
        {
            if (message.Text != "poison") return new Answer("echo", [new Reply(message.Text)], conversation);
            Interlocked.Increment(ref attempts);
            throw new InvalidOperationException("a defect");
        });

        await path.SaysAsync("chat", "poison");
        await path.SaysAsync("chat", "next");

        await path.Channel.UntilAsync(() => path.Channel.Sent.Count == 2);
        path.Channel.SentTo("chat").ShouldBe(["sorry", "next"]);
        attempts.ShouldBe(3);
        path.Updates(InboxState.Failed).Single().Reason.ShouldBe("a defect: InvalidOperationException");
    }

    [Fact]
    public async Task An_update_is_answered_again_when_the_administrator_replays_it()
    {
        await using var path = await RunningAsync();
        await path.SaysAsync("chat", "hello");
        await path.Channel.UntilAsync(() => path.Channel.Sent.Count == 1);
        await Path.UntilAsync(() => path.Updates(InboxState.Done).Count == 1);

        var id = path.Updates().Single().Id;
        (await path.Database.WriteAsync(session => InboxDesk.Replay(session, id, 0))).ShouldBeTrue();

        await path.Channel.UntilAsync(() => path.Channel.Sent.Count == 2);
    }

    [Fact]
    public async Task What_was_stored_before_a_stop_is_answered_after_the_next_start()
    {
        await using (var stopped = await OpenAsync())
        {
            await stopped.SaysAsync("chat", "one");
            await stopped.SaysAsync("chat", "two");
        }

        await using var path = await RunningAsync();
        await path.Channel.UntilAsync(() => path.Channel.Sent.Count == 2);
        path.Channel.SentTo("chat").ShouldBe(["one", "two"]);
    }

    [Fact]
    public async Task A_long_answer_goes_out_in_parts_with_its_buttons_under_the_last()
    {
        var keyboard = Keyboard.Column([new Button("More", "more")]);
        var text = string.Join("\n\n", Enumerable.Range(0, 40).Select(n => $"Paragraph {n}. " + new string('x', 60)));
        await using var path = await RunningAsync(
            new ScriptedChannel { Limits = new() { TextLength = 500 } },
            (_, conversation) => new Answer("long", [new Reply(text, keyboard)], conversation));

        await path.SaysAsync("chat", "tell me");

        await path.Channel.UntilAsync(() => path.Channel.Sent.Any(m => m.Keyboard is not null));
        path.Channel.Sent.ShouldAllBe(m => m.Text.Length <= 500);
        path.Channel.Sent.Count(m => m.Keyboard is not null).ShouldBe(1);
        path.Channel.Sent[^1].Keyboard.ShouldNotBeNull();
    }
}

public sealed class AnsweringOnSqlite() : AnsweringTests(new SqliteStore());

public sealed class AnsweringOnPostgres(PostgresServer server) : AnsweringTests(new PostgresStore(server));

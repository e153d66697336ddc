using System.Net;
using OptFm.Server.Channels.Web;

namespace OptFm.Server.Tests.Web;

public sealed class WebEventsTests
{
    [Fact]
    public async Task A_new_chat_is_said_to_be_empty_before_anything_else()
    {
        await using var server = await WebChatServer.StartAsync();
        using var visitor = server.Visit();
        using var events = await visitor.ListenAsync();

        events.Response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        (await events.NextAsync())!.Kind.ShouldBe("ready");
        visitor.Cookie.ShouldNotBeNull();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_page_that_comes_back_gets_what_it_lacks_once_and_in_order(bool byHeader)
    {
        await using var server = await WebChatServer.StartAsync();
        using var visitor = server.Visit();
        string first;
        using (var events = await visitor.ListenAsync())
        {
            await visitor.SayAsync("1");
            first = (await events.NextReplyAsync()).Id;
            for (var i = 2; i <= 5; i++) await visitor.SayAsync($"{i}");
            while ((await events.NextReplyAsync()).Text != "Вы сказали: 5") continue;
        }

        // A browser that reconnects by itself repeats the address it began with: the header must win over it.
        using var again = byHeader ? await visitor.ListenAsync("?after=0", first) : await visitor.ListenAsync("?after=" + first);
        await visitor.SayAsync("6");

        for (var i = 2; i <= 6; i++) (await again.NextReplyAsync()).Text.ShouldBe($"Вы сказали: {i}");
    }

    [Fact]
    public async Task A_reload_brings_the_whole_conversation_with_the_visitors_own_words()
    {
        await using var server = await WebChatServer.StartAsync();
        using var visitor = server.Visit();
        using (var events = await visitor.ListenAsync())
        {
            await visitor.SayAsync("Первый вопрос");
            await visitor.SayAsync("Второй вопрос");
            await events.NextReplyAsync();
            await events.NextReplyAsync();
        }

        using var reloaded = await visitor.ListenAsync();

        (await reloaded.NextAsync())!.Data.GetProperty("re").GetProperty("text").GetString().ShouldBe("Первый вопрос");
        (await reloaded.NextAsync())!.Data.GetProperty("re").GetProperty("text").GetString().ShouldBe("Второй вопрос");
        (await reloaded.NextAsync())!.Kind.ShouldBe("ready");
    }

    [Fact]
    public async Task A_long_history_comes_whole()
    {
        await using var server = await WebChatServer.StartAsync();
        using var visitor = server.Visit();
        using var events = await visitor.ListenAsync();
        await visitor.SayAsync("начало");
        await events.NextReplyAsync();
        await server.Database.WriteAsync(session => session.Execute(
            """
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 250)
            INSERT INTO outbox (channel, chat, message, state, created_at) SELECT channel, chat, message, 2, i FROM outbox, n
            """));

        using var reloaded = await visitor.ListenAsync();

        for (var i = 0; i < 251; i++) (await reloaded.NextAsync())!.Kind.ShouldBe("message");
        (await reloaded.NextAsync())!.Kind.ShouldBe("ready");
    }

    [Fact]
    public async Task Nobody_hears_what_another_visitor_is_told()
    {
        await using var server = await WebChatServer.StartAsync();
        using var one = server.Visit();
        using var other = server.Visit();
        using var ofOne = await one.ListenAsync();
        await one.SayAsync("Тайна");
        await ofOne.NextReplyAsync();

        using var ofOther = await other.ListenAsync();
        await other.SayAsync("Своё");

        (await ofOther.NextReplyAsync()).Text.ShouldBe("Вы сказали: Своё");
    }

    [Fact]
    public async Task The_name_of_a_chat_does_not_lead_to_its_session()
    {
        await using var server = await WebChatServer.StartAsync();
        using var visitor = server.Visit();
        using var events = await visitor.ListenAsync();
        await visitor.SayAsync("Привет");
        await events.NextReplyAsync();
        var chat = server.Database.Read(session => session.First("SELECT chat FROM inbox", r => r.GetString(0)))!;

        using var thief = server.Visit();
        thief.TakeCookie(chat);
        using var stolen = await thief.ListenAsync();

        (await stolen.NextAsync())!.Kind.ShouldBe("ready");
    }

    [Theory]
    [InlineData("?after=-1")]
    [InlineData("?after=abc")]
    [InlineData("?after=1&after=2")]
    [InlineData("?after=99999999999999999999")]
    public async Task A_senseless_resume_is_refused(string query)
    {
        await using var server = await WebChatServer.StartAsync();
        using var visitor = server.Visit();

        (await visitor.TryListenAsync(query)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_silent_stream_gives_a_sign_of_life()
    {
        await using var server = await WebChatServer.StartAsync(new() { Heartbeat = TimeSpan.FromMilliseconds(20) });
        using var visitor = server.Visit();
        using var events = await visitor.ListenAsync();

        await events.NextAsync("beat");
        await events.NextAsync("beat");
    }

    [Fact]
    public async Task The_oldest_of_too_many_pages_of_one_visitor_gives_way()
    {
        await using var server = await WebChatServer.StartAsync(new() { PerChat = 2 });
        using var visitor = server.Visit();
        using var first = await visitor.ListenAsync();
        await first.NextAsync("ready");
        using var second = await visitor.ListenAsync();
        using var third = await visitor.ListenAsync();

        await first.NextAsync("parked");
        (await first.NextAsync()).ShouldBeNull();
        await visitor.SayAsync("Слышно?");
        (await second.NextReplyAsync()).Text.ShouldBe("Вы сказали: Слышно?");
        (await third.NextReplyAsync()).Text.ShouldBe("Вы сказали: Слышно?");
    }

    [Fact]
    public async Task When_too_many_pages_are_open_others_are_asked_to_come_later()
    {
        await using var server = await WebChatServer.StartAsync(new() { Total = 2, PerAddress = 1 });
        using var one = server.Visit("192.0.2.1");
        using var sameAddress = server.Visit("192.0.2.1");
        using var two = server.Visit("192.0.2.2");
        using var three = server.Visit("192.0.2.3");
        using var ofOne = await one.ListenAsync();
        using var fromSameAddress = await sameAddress.TryListenAsync();
        using var ofTwo = await two.ListenAsync();
        using var ofThree = await three.TryListenAsync();

        fromSameAddress.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        ofThree.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        ofThree.Headers.RetryAfter.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_page_that_left_frees_its_place()
    {
        await using var server = await WebChatServer.StartAsync(new() { Total = 1, Heartbeat = TimeSpan.FromMilliseconds(20) });
        using (var one = server.Visit())
        using (var events = await one.ListenAsync())
        {
            await events.NextAsync("ready");
        }

        while (server.Chats.Open > 0) await Task.Yield();
        using var two = server.Visit();
        using var ofTwo = await two.ListenAsync();
        (await ofTwo.NextAsync())!.Kind.ShouldBe("ready");
    }

    [Fact]
    public async Task A_server_that_stops_lets_its_pages_go()
    {
        await using var server = await WebChatServer.StartAsync();
        using var visitor = server.Visit();
        using var events = await visitor.ListenAsync();
        await events.NextAsync("ready");

        var stopping = server.StopAsync();

        (await events.NextAsync()).ShouldBeNull();
        await stopping;
        server.Chats.Open.ShouldBe(0);
    }
}

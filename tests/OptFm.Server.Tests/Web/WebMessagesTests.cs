using System.Net;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using OptFm.Server.Channels;
using OptFm.Server.Channels.Web;

namespace OptFm.Server.Tests.Web;

public sealed class WebMessagesTests
{
    [Fact]
    public async Task A_question_is_stored_and_its_answer_comes_over_the_stream()
    {
        await using var server = await WebChatServer.StartAsync();
        using var visitor = server.Visit();
        using var events = await visitor.ListenAsync();

        using var answer = await visitor.SayAsync("Есть чехлы? <script>*", id: "m1");

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync()).ShouldBe("""{"status":"ok","message":"stored"}""");
        var reply = await events.NextReplyAsync();
        reply.Text.ShouldBe("Вы сказали: Есть чехлы? <script>*");
        reply.Data.GetProperty("re").GetProperty("id").GetString().ShouldBe("m1");
        reply.Data.GetProperty("re").GetProperty("text").GetString().ShouldBe("Есть чехлы? <script>*");
    }

    [Fact]
    public async Task A_message_repeated_after_a_lost_answer_is_answered_once()
    {
        await using var server = await WebChatServer.StartAsync();
        using var visitor = server.Visit();
        using var events = await visitor.ListenAsync();

        var racing = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => visitor.SayAsync("Раз", id: "same")));
        await visitor.SayAsync("Два", id: "next");

        racing.ShouldAllBe(r => r.StatusCode == HttpStatusCode.OK);
        (await events.NextReplyAsync()).Text.ShouldBe("Вы сказали: Раз");
        (await events.NextReplyAsync()).Text.ShouldBe("Вы сказали: Два");
        server.Count("inbox").ShouldBe(2);
        server.Count("outbox").ShouldBe(2);
    }

    [Fact]
    public async Task The_same_id_from_two_visitors_is_two_messages()
    {
        await using var server = await WebChatServer.StartAsync();
        using var one = server.Visit();
        using var other = server.Visit();
        using var ofOne = await one.ListenAsync();
        using var ofOther = await other.ListenAsync();

        await one.SayAsync("Первый", id: "m1");
        await other.SayAsync("Второй", id: "m1");

        (await ofOne.NextReplyAsync()).Text.ShouldBe("Вы сказали: Первый");
        (await ofOther.NextReplyAsync()).Text.ShouldBe("Вы сказали: Второй");
    }

    [Fact]
    public async Task A_menu_pages_in_place_and_the_answered_press_itself_is_not_shown()
    {
        await using var server = await WebChatServer.StartAsync();
        using var visitor = server.Visit();
        using var events = await visitor.ListenAsync();
        await visitor.PostAsync(new { id = "start", start = true });
        var menu = await events.NextReplyAsync();
        menu.Data.GetProperty("spans")[0].GetProperty("bold").GetBoolean().ShouldBeTrue();

        await visitor.PostAsync(new { id = "p1", press = "menu:1", message = menu.Id, label = "Меню" });
        var page = await events.NextReplyAsync();
        await visitor.PostAsync(new { id = "p2", press = "other", message = menu.Id });
        var other = await events.NextReplyAsync();

        page.Data.GetProperty("replaces").GetString().ShouldBe(menu.Id);
        page.Data.GetProperty("re").GetProperty("text").GetString().ShouldBe("Меню");
        page.Data.GetProperty("buttons")[0][0].ToString().ShouldBe("""{"text":"Дальше","press":"menu:2"}""");
        page.Data.GetProperty("buttons")[1][0].ToString().ShouldBe("""{"text":"Сайт","url":"https://optfm.ru/"}""");
        other.Text.ShouldBe("Нажато other");
        other.Data.TryGetProperty("replaces", out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"text":"без id"}""")]
    [InlineData("""{"id":"","text":"а"}""")]
    [InlineData("""{"id":"a b","text":"а"}""")]
    [InlineData("""{"id":5,"text":"а"}""")]
    [InlineData("""{"id":"m1"}""")]
    [InlineData("""{"id":"m1","text":" \n"}""")]
    [InlineData("""{"id":"m1","text":5}""")]
    [InlineData("""{"id":"m1","text":"\ud800"}""")]
    [InlineData("""{"id":"m1","start":"true"}""")]
    [InlineData("""{"id":"m1","press":""}""")]
    [InlineData("""{"id":"m1","press":"0123456789012345678901234567890123456789012345678901234567890123456789"}""")]
    [InlineData("""{"id":"m1","press":"a","message":"-1"}""")]
    [InlineData("""{"id":"m1","press":"a","message":"99999999999999999999"}""")]
    public async Task What_makes_no_sense_is_refused_and_not_stored(string body)
    {
        await using var server = await WebChatServer.StartAsync();
        using var visitor = server.Visit();

        using var answer = await visitor.PostTextAsync(body);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        server.Count("inbox").ShouldBe(0);
    }

    [Fact]
    public async Task Too_long_too_large_and_not_json_are_told_apart()
    {
        await using var server = await WebChatServer.StartAsync();
        using var visitor = server.Visit();

        (await visitor.SayAsync(new string('я', 4000))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await visitor.SayAsync(new string('я', 4001))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await visitor.SayAsync(new string('я', 70_000))).StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await visitor.PostTextAsync("{}", "text/plain")).StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        (await visitor.Client.PostAsync("/chat/messages", content: null)).StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        (await visitor.Client.GetAsync("/chat/messages")).StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    public async Task Another_site_can_neither_write_nor_listen(string header, string value)
    {
        await using var server = await WebChatServer.StartAsync();
        using var visitor = server.Visit();
        visitor.Client.DefaultRequestHeaders.Add(header, value);

        (await visitor.SayAsync("Привет")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await visitor.TryListenAsync()).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        server.Count("inbox").ShouldBe(0);
    }

    [Fact]
    public async Task The_page_itself_may_write()
    {
        await using var server = await WebChatServer.StartAsync();
        using var visitor = server.Visit();
        visitor.Client.DefaultRequestHeaders.Add("Origin", $"https://{server.Address.Authority}");

        (await visitor.SayAsync("Привет")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Who_writes_faster_than_a_person_is_asked_to_slow_down_and_others_are_not()
    {
        await using var server = await WebChatServer.StartAsync();
        using var hasty = server.Visit("192.0.2.1");
        using var calm = server.Visit("192.0.2.2");

        HttpResponseMessage answer;
        var passed = 0;
        while ((answer = await hasty.SayAsync("Быстрее")).StatusCode == HttpStatusCode.OK) (++passed).ShouldBeLessThan(10_000);

        passed.ShouldBeGreaterThanOrEqualTo(10);
        answer.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        answer.Headers.RetryAfter!.Delta!.Value.ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(1));
        (await calm.SayAsync("Спокойно")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task New_sessions_do_not_get_a_hasty_address_past_the_limit()
    {
        await using var server = await WebChatServer.StartAsync();

        var status = HttpStatusCode.OK;
        for (var visits = 0; status == HttpStatusCode.OK; visits++)
        {
            visits.ShouldBeLessThan(10_000);
            using var visitor = server.Visit("2001:db8::" + visits.ToString("x"));
            status = (await visitor.SayAsync("Ещё")).StatusCode;
        }

        status.ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task While_nothing_can_be_stored_the_page_is_told_to_repeat()
    {
        await using var server = await WebChatServer.StartAsync();
        using var visitor = server.Visit();
        await server.Database.WriteAsync(session => session.Execute("ALTER TABLE inbox RENAME TO inbox_away"));

        using var refused = await visitor.SayAsync("Привет", id: "m1");
        await server.Database.WriteAsync(session => session.Execute("ALTER TABLE inbox_away RENAME TO inbox"));
        using var stored = await visitor.SayAsync("Привет", id: "m1");

        refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        refused.Headers.RetryAfter.ShouldNotBeNull();
        stored.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task No_input_whatever_makes_the_server_fail()
    {
        await using var server = await WebChatServer.StartAsync();
        var visits = 0;
        var bodies = Gen.OneOf(
            ArbMap.Default.GeneratorFor<byte[]>(),
            ArbMap.Default.GeneratorFor<string>().Select(s => Encoding.UTF8.GetBytes($$"""{"id":"a","text":"{{s}}"}""")),
            Gen.Elements("id", "text", "press", "message", "label", "start").ListOf()
                .SelectMany(names => Gen.Elements("1", "null", "\"a\"", "[]", "{}", "true", "\"\\udc00\"", "1e999").ListOf(names.Count)
                    .Select(values => Encoding.UTF8.GetBytes("{" + string.Join(',', names.Zip(values, (n, v) => $"\"{n}\":{v}")) + "}"))),
            Gen.Choose(1, 3000).Select(depth => Encoding.UTF8.GetBytes("{\"id\":\"a\",\"text\":" + new string('[', depth) + new string(']', depth) + "}")));

        Prop.ForAll(bodies.ToArbitrary(), body =>
        {
            // Each from an address of its own, so that the limit does not answer first.
            using var visitor = server.Visit($"10.0.{visits / 250}.{visits++ % 250}");
            using var content = new ByteArrayContent(body ?? []);
            content.Headers.ContentType = new("application/json");
            var status = Post(visitor, content);
            return status is HttpStatusCode.OK or HttpStatusCode.BadRequest;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void What_is_stored_reads_back_as_the_same_message()
    {
        var texts = ArbMap.Default.GeneratorFor<string>().Where(s => !string.IsNullOrWhiteSpace(s) && s.Length <= 4000 && !s.Any(char.IsSurrogate));

        Prop.ForAll(texts.ToArbitrary(), text =>
        {
            var (post, _) = WebPost.Read(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(new { id = "m1", text }));
            var update = new WebChannel().Read(post!.Store("chat"))!;
            return update.Key == "chat:m1" && update.Message == new InboundMessage(InboundKind.Text, "chat", text);
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("not json", false)]
    [InlineData("[]", false)]
    [InlineData("{}", true)]
    [InlineData("""{"id":"a","text":"no chat"}""", true)]
    public void The_channel_skips_what_it_did_not_store(string json, bool isObject)
    {
        var update = new WebChannel().Read(Encoding.UTF8.GetBytes(json));

        (update is not null).ShouldBe(isObject);
        update?.Message.ShouldBeNull();
    }

    private static HttpStatusCode Post(WebVisitor visitor, ByteArrayContent content)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/chat/messages") { Content = content };
        using var response = visitor.Client.Send(request);
        return response.StatusCode;
    }
}

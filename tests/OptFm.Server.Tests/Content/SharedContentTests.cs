using OptFm.Server.Answers;
using OptFm.Server.Content;
using OptFm.Server.Tests.Faq;
using OptFm.Server.Tests.Operations;
using OptFm.Server.Tests.Storage;

namespace OptFm.Server.Tests.Content;

/// <summary>Several nodes answer from one database.</summary>
public sealed class SharedContentTests(PostgresServer server) : IDisposable
{
    private readonly ShopFolder _shop = new();
    private readonly ShopFolder _other = new();

    public void Dispose()
    {
        _shop.Dispose();
        _other.Dispose();
    }

    [Fact]
    public async Task Nodes_that_start_together_with_the_same_files_import_them_once()
    {
        var options = await server.DatabaseAsync();
        _shop.WriteOwnPhrases();
        var nodes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => ShopNode.OpenAsync(options, _shop))));

        nodes.ShouldAllBe(node => node.Answer == "Первый ответ");
        nodes[0].Versions(ContentName.Faq).ShouldHaveSingleItem().Source.ShouldContain(_shop.Faq);
        nodes[0].Versions(ContentName.Phrases).ShouldHaveSingleItem();
        foreach (var node in nodes) await node.DisposeAsync();
    }

    [Fact]
    public async Task A_changed_file_is_imported_once_and_every_node_answers_from_it()
    {
        var options = await server.DatabaseAsync();
        await using var one = (await ShopNode.OpenAsync(options, _shop)).Running();
        await using var same = (await ShopNode.OpenAsync(options, _shop)).Running();
        await using var without = (await ShopNode.OpenAsync(options, _other.WithoutFaq())).Running();

        _shop.Write("Второй ответ");

        foreach (var node in (ShopNode[])[one, same, without]) await node.UntilAnswersAsync("Второй ответ");
        one.Versions(ContentName.Faq).Select(version => version.Version).ShouldBe([2, 1]);
    }

    [Fact]
    public async Task A_notice_brings_the_new_version_though_no_timer_goes_off()
    {
        var options = await server.DatabaseAsync();
        await using var changing = await ShopNode.OpenAsync(options, _shop);
        await using var hearing = (await ShopNode.OpenAsync(options, _other.WithoutFaq(), clock: new StillClock())).Running();

        _shop.Write("Второй ответ");
        await changing.ReloadAsync();

        await hearing.UntilAnswersAsync("Второй ответ");
    }

    [Fact]
    public async Task A_lost_notice_is_made_up_for_by_the_look_each_second()
    {
        var options = await server.DatabaseAsync();
        await using var changing = await ShopNode.OpenAsync(options, _shop);
        await using var deaf = (await ShopNode.OpenAsync(options, _other.WithoutFaq())).Running(hearing: false);

        _shop.Write("Второй ответ");
        await changing.ReloadAsync();

        await deaf.UntilAnswersAsync("Второй ответ");
    }

    [Fact]
    public async Task A_node_that_starts_with_an_older_file_does_not_undo_a_newer_and_says_how_to_go_back()
    {
        var options = await server.DatabaseAsync();
        await using (var one = await ShopNode.OpenAsync(options, _shop))
        {
            _shop.Write("Второй ответ");
            await one.ReloadAsync();
        }

        await using var old = await ShopNode.OpenAsync(options, _other);

        old.Answer.ShouldBe("Второй ответ");
        old.Versions(ContentName.Faq).Count.ShouldBe(2);
        old.Log.Told.ShouldContain(line => line.Contains("version 1 of faq, and version 2 is in force") && line.Contains("optfm content import faq"));
    }

    [Fact]
    public async Task A_file_that_changed_while_the_node_was_down_is_imported_at_its_start()
    {
        var options = await server.DatabaseAsync();
        await using var running = (await ShopNode.OpenAsync(options, _shop)).Running();
        _other.Write("Из другого места");

        await using var started = await ShopNode.OpenAsync(options, _other);

        started.Answer.ShouldBe("Из другого места");
        await running.UntilAnswersAsync("Из другого места");
    }

    [Fact]
    public async Task A_file_that_follows_another_nodes_change_late_does_not_undo_what_came_after_it()
    {
        var options = await server.DatabaseAsync();
        await using var first = (await ShopNode.OpenAsync(options, _shop)).Running();
        await using var late = (await ShopNode.OpenAsync(options, _other)).Running();
        foreach (var answer in (string[])["Второй ответ", "Третий ответ"])
        {
            _shop.Write(answer);
            await late.UntilAnswersAsync(answer);
        }

        _other.Write("Второй ответ");
        await Wait.Until(() => late.Log.Told.Exists(line => line.Contains("version 2 of faq, and version 3 is in force")));

        late.Answer.ShouldBe("Третий ответ");
        first.Versions(ContentName.Faq).Count.ShouldBe(3);
    }

    [Fact]
    public async Task Going_back_to_the_file_before_is_a_change_like_any()
    {
        var options = await server.DatabaseAsync();
        await using var one = await ShopNode.OpenAsync(options, _shop);
        foreach (var answer in (string[])["Второй ответ", "Первый ответ"])
        {
            _shop.Write(answer);
            await one.ReloadAsync();
        }

        one.Answer.ShouldBe("Первый ответ");
        one.Versions(ContentName.Faq).Count.ShouldBe(3);
        one.Database.Read(session => session.First("SELECT count(*) FROM content_part", r => r.GetInt64(0))).ShouldBe(2, "the same bytes are there once");
    }

    [Fact]
    public async Task A_broken_file_is_told_where_it_lies_and_nobody_else_notices()
    {
        var options = await server.DatabaseAsync();
        await using var one = await ShopNode.OpenAsync(options, _shop);
        await using var other = (await ShopNode.OpenAsync(options, _other)).Running();

        File.WriteAllText(_shop.Faq, "[{]");
        await one.ReloadAsync();

        one.Answer.ShouldBe("Первый ответ");
        one.Log.Told[^1].ShouldContain("Kept the previous version");
        one.Versions(ContentName.Faq).ShouldHaveSingleItem();
        other.Log.Told.ShouldNotContain(line => line.Contains("Kept"));
    }

    [Fact]
    public async Task A_node_whose_file_is_broken_or_gone_starts_from_the_database()
    {
        var options = await server.DatabaseAsync();
        await using var one = await ShopNode.OpenAsync(options, _shop);
        File.WriteAllText(_other.Faq, "[{]");

        await using var broken = await ShopNode.OpenAsync(options, _other);
        broken.Answer.ShouldBe("Первый ответ");
        broken.Log.Told.ShouldContain(line => line.Contains("Kept the previous version") && line.Contains("line 1"));

        File.Delete(_other.Faq);
        await using var without = await ShopNode.OpenAsync(options, _other);
        without.Answer.ShouldBe("Первый ответ");
    }

    [Fact]
    public async Task A_version_that_this_program_cannot_read_leaves_the_one_before_in_use_and_is_told_once()
    {
        var options = await server.DatabaseAsync();
        await using var node = (await ShopNode.OpenAsync(options, _shop)).Running();
        var import = new ContentImport(node.Database, TimeProvider.System);

        await import.RunAsync(ContentName.Faq, ContentFile.Of("/newer/faq.json", "{\"entries\": \"of a newer program\"}"u8.ToArray(), null), since: 0);
        await Wait.Until(() => node.Log.Told.Exists(line => line.Contains("Kept the previous version: faq v2 faq.json: must be a list")));
        node.Answer.ShouldBe("Первый ответ");

        _shop.Write("Второй ответ");
        await node.UntilAnswersAsync("Второй ответ");
        node.Log.Told.Count(line => line.Contains("must be a list")).ShouldBe(1);
    }

    [Fact]
    public async Task Phrases_and_price_list_with_its_columns_travel_too()
    {
        var options = await server.DatabaseAsync();
        await using var one = await ShopNode.OpenAsync(options, _shop);
        await using var other = (await ShopNode.OpenAsync(options, _other)).Running();

        File.WriteAllText(_shop.Phrases, File.ReadAllText(_shop.Phrases).Replace("Пожалуйста!", "На здоровье!"));
        File.WriteAllText(_shop.Price.PriceFile + ".mapping.json", """{ "name": "Вещь", "price": "Почём" }""");
        File.WriteAllText(_shop.Price.PriceFile, "код;Вещь;Почём\n7;Кабель Type-C;150\n");
        await one.ReloadAsync();

        await Wait.Until(() => other.Price.Current?.Find("7")?.Name == "Кабель Type-C");
        await Wait.Until(() => other.Faq.Phrases[PhraseList.Thanks].StartsWith("На здоровье!", StringComparison.Ordinal));
        await using var started = await ShopNode.OpenAsync(options, _other);
        started.Price.Current!.Find("7").ShouldNotBeNull();
    }

    [Fact]
    public async Task What_came_with_the_program_is_never_imported_over_what_the_shop_wrote()
    {
        var options = await server.DatabaseAsync();
        await using var shop = (await ShopNode.OpenAsync(options, _shop)).Running();
        File.Copy(Path.Combine(AppContext.BaseDirectory, "data", "faq.json"), _other.Faq, overwrite: true);

        await using var installed = await ShopNode.OpenAsync(options, _other);

        installed.Answer.ShouldBe("Первый ответ");
        shop.Versions(ContentName.Faq).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Golden_questions_of_the_importing_node_keep_a_change_from_all()
    {
        var options = await server.DatabaseAsync();
        File.WriteAllText(_shop.Faq, """[{"id": 1, "question": "Как оплатить заказ?", "keywords": ["оплата"], "answer": "По счёту."}]""");
        File.WriteAllText(_shop.Golden, "как оплатить заказ\t1\n");
        await using var guarded = await ShopNode.OpenAsync(options, _shop);
        await using var other = (await ShopNode.OpenAsync(options, _other.WithoutFaq())).Running();
        File.WriteAllText(_shop.Faq, """[{"id": 2, "question": "Какие условия доставки?", "keywords": ["доставка"], "answer": "Привезём."}]""");
        await guarded.ReloadAsync();

        guarded.Answer.ShouldBe("По счёту.");
        guarded.Versions(ContentName.Faq).ShouldHaveSingleItem();
        guarded.Log.Told.ShouldContain(line => line.Contains("breaks 1 golden"));

        File.WriteAllText(_shop.Golden, "какие условия доставки\t2\n");
        await guarded.ReloadAsync();
        guarded.Answer.ShouldBe("Привезём.");
        await other.UntilAnswersAsync("Привезём.");
    }

    [Fact]
    public async Task While_the_database_is_away_nodes_answer_from_memory_and_a_change_is_imported_once_it_is_back()
    {
        await using var mortal = PostgresServer.OfItsOwn();
        var options = await mortal.DatabaseAsync();
        await using var node = (await ShopNode.OpenAsync(options, _shop)).Running();
        await mortal.StopAtOnceAsync();

        _shop.Write("Второй ответ");
        await Wait.Until(() => node.Log.Told.Exists(line => line.Contains("does not take the changed faq now")));
        node.Answer.ShouldBe("Первый ответ");

        await mortal.StartAgainAsync();
        await node.UntilAnswersAsync("Второй ответ");
        node.Versions(ContentName.Faq).Count.ShouldBe(2);
    }

    /// <summary>A clock whose timers never go off.</summary>
    private sealed class StillClock : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }
}

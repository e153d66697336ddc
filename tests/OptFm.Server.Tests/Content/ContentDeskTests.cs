using OptFm.Server.Content;
using OptFm.Server.Storage;
using OptFm.Server.Storage.Postgres;
using OptFm.Server.Tests.Faq;
using OptFm.Server.Tests.Storage;

namespace OptFm.Server.Tests.Content;

/// <summary>What <c>optfm content</c> does.</summary>
public sealed class ContentDeskTests(PostgresServer server) : IDisposable
{
    private readonly ShopFolder _shop = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task An_imported_file_reaches_the_running_nodes_even_when_it_was_in_force_before()
    {
        var options = await server.DatabaseAsync();
        await using var node = (await ShopNode.OpenAsync(options, _shop)).Running();
        var first = Copy("Первый ответ");
        _shop.Write("Второй ответ");
        await node.UntilAnswersAsync("Второй ответ");

        var (imported, problems) = await Desk(node).ImportAsync(ContentName.Faq, first, force: false, CancellationToken.None);

        problems.ShouldBeEmpty();
        imported.ShouldBe(new ContentImported(3, 3, IsNew: true));
        await node.UntilAnswersAsync("Первый ответ");
        (await Desk(node).ImportAsync(ContentName.Faq, first, force: false, CancellationToken.None)).Imported.ShouldBe(new ContentImported(3, 3, IsNew: false));
    }

    [Theory]
    [InlineData("faq", "[{]", "line 1")]
    [InlineData("phrases", "[]", "must be an object")]
    [InlineData("price", "a;b\n1;2\n", "titles of name and price")]
    public async Task A_broken_file_is_refused_with_the_same_words_as_at_a_start(string name, string text, string words)
    {
        var options = await server.DatabaseAsync();
        await using var node = await ShopNode.OpenAsync(options, _shop);
        var file = _shop.Faq + ".candidate";
        await File.WriteAllTextAsync(file, text);

        var (imported, problems) = await Desk(node).ImportAsync(name, file, force: true, CancellationToken.None);

        imported.ShouldBeNull();
        problems[0].InEnglish.ShouldContain(words);
        (await Desk(node).ImportAsync(name, file + ".absent", force: false, CancellationToken.None)).Problems.ShouldHaveSingleItem().InEnglish.ShouldContain("is not there");
    }

    [Fact]
    public async Task An_FAQ_that_breaks_a_golden_question_is_refused_unless_forced()
    {
        var options = await server.DatabaseAsync();
        File.WriteAllText(_shop.Faq, """[{"id": 1, "question": "Как оплатить заказ?", "keywords": ["оплата"], "answer": "По счёту."}]""");
        File.WriteAllText(_shop.Golden, "как оплатить заказ\t1\n");
        await using var node = (await ShopNode.OpenAsync(options, _shop)).Running();
        var candidate = _shop.Faq + ".candidate";
        await File.WriteAllTextAsync(candidate, """[{"id": 2, "question": "Какие условия доставки?", "keywords": ["доставка"], "answer": "Привезём."}]""");

        var (imported, problems) = await Desk(node).ImportAsync(ContentName.Faq, candidate, force: false, CancellationToken.None);

        imported.ShouldBeNull();
        problems.ShouldHaveSingleItem().InEnglish.ShouldContain("expected 1, was 1, now no answer");
        (await Desk(node).ImportAsync(ContentName.Faq, candidate, force: true, CancellationToken.None)).Imported!.Version.ShouldBe(2);
        await node.UntilAnswersAsync("Привезём.");
    }

    [Fact]
    public async Task A_price_list_of_many_parts_comes_out_as_it_went_in_and_never_over_a_file()
    {
        var options = await server.DatabaseAsync();
        await using var node = await ShopNode.OpenAsync(options, _shop);
        var noise = new byte[3 * ContentParts.Slice + 17];
        new Random(7).NextBytes(noise);
        await new ContentImport(node.Database, TimeProvider.System).RunAsync(ContentName.Price, ContentFile.Of("/shop/price.xls", noise, "{}"u8.ToArray()), since: 0);

        var target = _shop.Faq + ".exported.xls";
        (await Desk(node).ExportAsync(ContentName.Price, null, target, CancellationToken.None)).ShouldNotBeNull().File.ShouldBe("price.xls");

        (await File.ReadAllBytesAsync(target)).ShouldBe(noise);
        (await File.ReadAllTextAsync(target + ".mapping.json")).ShouldBe("{}");
        await Should.ThrowAsync<IOException>(Desk(node).ExportAsync(ContentName.Price, null, target, CancellationToken.None));
        (await Desk(node).ExportAsync(ContentName.Price, 9, target, CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task Bytes_of_old_versions_are_removed_an_hour_later_and_their_hashes_stay()
    {
        var options = await server.DatabaseAsync();
        using var database = PostgresDatabase.Open(options, TimeProvider.System);
        for (var hour = 0; hour < 6; hour++) await ImportAsync(database, $"{hour}", hour * 2);

        database.Read(session => ContentStore.Versions(session, ContentName.Faq, 100)).Count.ShouldBe(6);
        database.Read(session => session.First("SELECT count(DISTINCT sha256) FROM content_part", r => r.GetInt64(0))).ShouldBe(ContentStore.KeptBodies);
        await ImportAsync(database, "0", 20);
        ContentReader.Read(database, database.Read(session => ContentStore.Head(session, ContentName.Faq)).ShouldNotBeNull()).ShouldBe("0"u8.ToArray());
    }

    [Fact]
    public async Task Damaged_bytes_are_never_used()
    {
        var options = await server.DatabaseAsync();
        await using var node = await ShopNode.OpenAsync(options, _shop);
        await node.Database.WriteAsync(session => session.Execute("UPDATE content_part SET bytes = 'rubbish'"));

        ContentReader.Read(node.Database, node.Versions(ContentName.Faq)[0]).ShouldBeNull();
    }

    private static Task<ContentImported> ImportAsync(Database database, string text, int hour) =>
        new ContentImport(database, new HourClock(hour)).RunAsync(ContentName.Faq, ContentFile.Of("faq.json", System.Text.Encoding.UTF8.GetBytes(text), null), since: long.MaxValue);

    private ContentDesk Desk(ShopNode node) => new(node.Database, _shop.Options);

    private string Copy(string answer)
    {
        var path = _shop.Faq + ".copy";
        File.WriteAllText(path, ShopFolder.Json(answer));
        return path;
    }

    private sealed class HourClock(int hour) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddHours(hour);
    }
}

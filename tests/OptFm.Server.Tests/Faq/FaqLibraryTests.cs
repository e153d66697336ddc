using OptFm.Server.Faq;

namespace OptFm.Server.Tests.Faq;

public sealed class FaqLibraryTests : IDisposable
{
    private readonly ShopFolder _shop = new();
    private readonly ToldLog _log = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task Both_files_are_read_and_their_problems_told_together()
    {
        File.WriteAllText(_shop.Faq, "[]");
        File.WriteAllText(_shop.Phrases, "[]");

        var opened = await FaqLibrary.OpenAsync(_shop.Options, _log, TimeProvider.System, CancellationToken.None);

        opened.Value.ShouldBeNull();
        opened.Problems.Select(p => p.File).ShouldBe([_shop.Faq, _shop.Phrases]);
    }

    [Fact]
    public async Task A_missing_file_is_named()
    {
        File.Delete(_shop.Faq);

        var opened = await FaqLibrary.OpenAsync(_shop.Options, _log, TimeProvider.System, CancellationToken.None);

        opened.Problems.ShouldHaveSingleItem().InEnglish.ShouldBe($"{_shop.Faq}: is not there");
    }

    [Fact]
    public async Task A_reload_takes_the_new_answers()
    {
        using var library = await OpenAsync();
        _shop.Write("Второй ответ");
        await library.ReloadAsync(CancellationToken.None);

        library.Faq.Entries[0].Answer.ShouldBe("Второй ответ");
        _log.Told.ShouldHaveSingleItem().ShouldContain("1 entries");
    }

    [Fact]
    public async Task A_bad_reload_keeps_the_old_answers_and_says_so_once()
    {
        using var library = await OpenAsync();
        File.WriteAllText(_shop.Faq, "[{]");
        await library.ReloadAsync(CancellationToken.None);
        await library.ReloadAsync(CancellationToken.None);

        library.Faq.Entries[0].Answer.ShouldBe("Первый ответ");
        _log.Told.ShouldHaveSingleItem().ShouldContain("line 1, column 3");

        File.Delete(_shop.Faq);
        await library.ReloadAsync(CancellationToken.None);
        await library.ReloadAsync(CancellationToken.None);
        library.Faq.Entries[0].Answer.ShouldBe("Первый ответ");
        _log.Told.Count.ShouldBe(2);

        _shop.Write("Исправлено");
        await library.ReloadAsync(CancellationToken.None);
        library.Faq.Entries[0].Answer.ShouldBe("Исправлено");
    }

    [Fact]
    public async Task The_files_are_followed_through_every_way_of_saving()
    {
        using var library = await OpenAsync();
        using var stop = new CancellationTokenSource();
        var watching = library.WatchAsync(stop.Token);

        _shop.Write("Поверх");
        await UntilAsync(() => library.Faq.Entries[0].Answer == "Поверх");
        _shop.Replace("Заменой");
        await UntilAsync(() => library.Faq.Entries[0].Answer == "Заменой");
        File.WriteAllText(_shop.Phrases, File.ReadAllText(_shop.Phrases).Replace("Пожалуйста!", "На здоровье!"));
        await UntilAsync(() => library.Phrases[OptFm.Server.Answers.PhraseList.Thanks].StartsWith("На здоровье!", StringComparison.Ordinal));

        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(watching);
    }

    private async Task<FaqLibrary> OpenAsync() =>
        (await FaqLibrary.OpenAsync(_shop.Options, _log, TimeProvider.System, CancellationToken.None)).Value.ShouldNotBeNull();

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!condition()) await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, patience.Token);
    }
}

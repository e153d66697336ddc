using System.Text;
using OptFm.Server.Faq;

namespace OptFm.Server.Tests.Faq;

public sealed class WatchedFileTests : IDisposable
{
    private readonly ShopFolder _shop = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task A_file_still_being_written_is_waited_for()
    {
        var readings = new List<string>();
        var halves = 0;
        using var file = new WatchedFile<string>(_shop.Faq, Read, new EveryDelay(() => Finish(++halves))) { Settle = TimeSpan.FromMilliseconds(1) };
        await file.OpenAsync(CancellationToken.None);
        File.WriteAllText(_shop.Faq, "пол");

        await file.CheckAsync(CancellationToken.None);

        file.Current.ShouldBe("половина и вторая");
        readings.Count.ShouldBe(2, "the first content and the finished one, never a half");

        FileReading<string> Read(string path, ReadOnlyMemory<byte> bytes)
        {
            readings.Add(Encoding.UTF8.GetString(bytes.Span));
            return new(readings[^1], [], []);
        }

        void Finish(int delay)
        {
            if (delay == 1) File.WriteAllText(_shop.Faq, "половина");
            if (delay == 2) File.WriteAllText(_shop.Faq, "половина и вторая");
        }
    }

    [Fact]
    public async Task The_same_content_written_again_changes_nothing()
    {
        using var file = new WatchedFile<FaqSnapshot>(_shop.Faq, FaqFile.Read, TimeProvider.System) { Settle = TimeSpan.Zero };
        await file.OpenAsync(CancellationToken.None);
        var before = file.Current;
        _shop.Replace("Первый ответ");

        (await file.CheckAsync(CancellationToken.None)).ShouldBeNull();
        file.Current.ShouldBeSameAs(before);
    }

    [Fact]
    public async Task A_symbolic_link_that_is_pointed_elsewhere_is_followed()
    {
        var link = _shop.Faq + ".link";
        File.CreateSymbolicLink(link, _shop.Faq);
        using var file = new WatchedFile<FaqSnapshot>(link, FaqFile.Read, TimeProvider.System) { Settle = TimeSpan.Zero };
        await file.OpenAsync(CancellationToken.None);

        File.WriteAllText(_shop.Faq + ".v2", ShopFolder.Json("Вторая версия"));
        File.Delete(link);
        File.CreateSymbolicLink(link, _shop.Faq + ".v2");
        await file.CheckAsync(CancellationToken.None);

        file.Current.Entries[0].Answer.ShouldBe("Вторая версия");
    }

    [Fact]
    public async Task A_large_file_is_read_again_only_when_it_was_touched()
    {
        var readings = 0;
        File.WriteAllText(_shop.Faq, new string('a', 2_000_000));
        using var file = new WatchedFile<string>(_shop.Faq, (_, bytes) => new($"{++readings} {bytes.Length}", [], []), TimeProvider.System) { Settle = TimeSpan.Zero };
        await file.OpenAsync(CancellationToken.None);
        (await file.CheckAsync(CancellationToken.None)).ShouldBeNull();

        File.WriteAllText(_shop.Faq, new string('b', 2_000_001));
        await file.CheckAsync(CancellationToken.None);
        file.Current.ShouldBe("2 2000001");

        File.WriteAllText(_shop.Faq, "small again");
        await file.CheckAsync(CancellationToken.None);
        file.Current.ShouldBe("3 11");
    }

    [Fact]
    public async Task A_file_over_its_limit_is_refused_by_size()
    {
        File.WriteAllText(_shop.Faq, new string('a', 2_000_000));
        using var file = new WatchedFile<string>(_shop.Faq, (_, _) => new("read", [], []), TimeProvider.System) { MostBytes = 1024 * 1024 };

        (await file.OpenAsync(CancellationToken.None)).Problems.ShouldHaveSingleItem().InEnglish.ShouldContain("larger than 1 MB");
    }

    /// <summary>A clock whose delays pass at once, each doing something first.</summary>
    private sealed class EveryDelay(Action act) : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            act();
            return base.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }
}

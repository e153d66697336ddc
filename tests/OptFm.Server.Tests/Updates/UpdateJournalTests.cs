using OptFm.Server.Updates;

namespace OptFm.Server.Tests.Updates;

/// <summary>Proves: an interrupted update is gone on with from what was written, and a damaged journal is told, not guessed at.</summary>
public sealed class UpdateJournalTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    [Fact]
    public void It_is_read_as_it_was_written()
    {
        var journal = new UpdateJournal
        {
            Step = UpdateStep.Installing,
            Kind = PackageKind.Tarball,
            From = "1.0.0",
            To = "1.1.0",
            Package = "/p",
            Backup = "/b",
            WasWell = true,
            Russian = true,
            WaitSeconds = 90,
            SettleSeconds = 15,
        };

        UpdateJournal.Read(journal.Write(_file) is null ? "" : _file).ShouldBe(journal);
    }

    [Fact]
    public void No_file_means_that_nothing_is_under_way() => UpdateJournal.Read(_file + ".none").ShouldBeNull();

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("{\"Step\":\"Wandering\"}")]
    [InlineData("[1")]
    public void A_damaged_one_is_told(string text)
    {
        File.WriteAllText(_file, text);

        Should.Throw<UpdateException>(() => UpdateJournal.Read(_file)).Message.ShouldContain(_file);
    }

    public void Dispose() => File.Delete(_file);
}

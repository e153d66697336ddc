using OptFm.Server.Doctor;
using OptFm.Server.Doctor.Checks;
using OptFm.Server.Storage;

namespace OptFm.Server.Tests.Doctor;

/// <summary>Proves: what can be wrong with the disk and the database is found on a real one.</summary>
public sealed class StorageChecksTests : IDisposable
{
    private readonly Clinic _clinic = new();

    public void Dispose() => _clinic.Dispose();

    private string File => Path.Combine(_clinic.Data, "optfm.db");

    [Fact]
    public async Task A_database_beside_a_running_server_is_well()
    {
        using var database = SqliteDatabase.OpenToServe(File);

        (await _clinic.RunAsync<DatabaseCheck>()).ShouldAllBe(finding => finding.Level == FindingLevel.Ok);
    }

    [Fact]
    public async Task Looking_leaves_nothing_behind()
    {
        SqliteDatabase.OpenToServe(File).Dispose();
        var before = Directory.GetFiles(_clinic.Data).Order();

        await _clinic.RunAsync<DatabaseCheck>();
        await _clinic.RunAsync<DiskCheck>();

        Directory.GetFiles(_clinic.Data).Order().ShouldBe(before);
    }

    [Fact]
    public async Task A_database_that_is_not_there_yet_is_no_failure() =>
        (await _clinic.FindAsync<DatabaseCheck>("database")).ShouldSay(FindingLevel.Unchecked, "first start");

    [Theory]
    [InlineData(0)]
    [InlineData(4096)]
    public async Task A_damaged_database_is_found(int from)
    {
        SqliteDatabase.OpenToServe(File).Dispose();
        using (var file = System.IO.File.OpenWrite(File))
        {
            file.Position = from;
            file.Write(Enumerable.Repeat((byte)0xEE, 4096).ToArray());
        }

        (await _clinic.FindAsync<DatabaseCheck>("database")).ShouldSay(FindingLevel.Failure, "is damaged");
    }

    [Fact]
    public async Task A_database_of_a_newer_program_is_told_and_not_touched()
    {
        SqliteDatabase.OpenToServe(File).Dispose();
        using (var session = SqliteDatabase.Open(File)) session.Execute("PRAGMA user_version = 99");

        (await _clinic.FindAsync<DatabaseCheck>("database-schema")).ShouldSay(FindingLevel.Failure, "schema 99", "newer optfm");
    }

    [Fact]
    public async Task Messages_that_wait_and_replies_given_up_are_counted()
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        using (var database = SqliteDatabase.OpenToServe(File))
        {
            await database.WriteAsync(session => session.Execute(
                "INSERT INTO inbox (channel, key, chat, type, body, state, received_at) VALUES ('max', 'a', '1', 'x', x'7b7d', 0, @old)", ("@old", now - 600_000)));
            await database.WriteAsync(session => session.Execute(
                "INSERT INTO inbox (channel, key, chat, type, body, state, received_at) VALUES ('max', 'b', '1', 'x', x'7b7d', 3, @now)", ("@now", now)));
            await database.WriteAsync(session => session.Execute(
                "INSERT INTO outbox (channel, chat, message, state, created_at) VALUES ('max', '1', '{}', 0, @now)", ("@now", now)));
            await database.WriteAsync(session => session.Execute(
                "INSERT INTO outbox (channel, chat, message, state, reason, created_at, finished_at) VALUES ('max', '1', '{}', 3, 'answered 403', @now, @now)", ("@now", now)));
        }

        (await _clinic.FindAsync<DatabaseCheck>("inbox-backlog")).ShouldSay(FindingLevel.Failure, "waiting for an answer: 1", "10 min");
        (await _clinic.FindAsync<DatabaseCheck>("inbox-failed")).ShouldSay(FindingLevel.Warning, "1");
        (await _clinic.FindAsync<DatabaseCheck>("outbox-backlog")).ShouldSay(FindingLevel.Ok);
        (await _clinic.FindAsync<DatabaseCheck>("outbox-buried")).ShouldSay(FindingLevel.Warning, "1: answered 403");
    }

    [Fact]
    public async Task A_disk_that_works_is_well()
    {
        (await _clinic.FindAsync<DiskCheck>("disk-writable")).ShouldSay(FindingLevel.Ok);
        (await _clinic.FindAsync<DiskCheck>("disk-space")).What.English.ShouldContain("MB are free");
    }

    [Fact]
    public async Task A_folder_the_service_may_not_write_is_a_failure()
    {
        _clinic.Install().Script("runuser", "exit 1");

        (await _clinic.FindAsync<DiskCheck>("disk-writable")).ShouldSay(FindingLevel.Failure, "(user optfm) may not write");
    }

    [Theory]
    [InlineData(50, FindingLevel.Failure)]
    [InlineData(300, FindingLevel.Warning)]
    [InlineData(5000, FindingLevel.Ok)]
    public void Free_space_is_judged(int mebibytes, FindingLevel level) => DiskCheck.JudgeSpace(mebibytes, "/x").Level.ShouldBe(level);

    [Theory]
    [InlineData(2, FindingLevel.Ok)]
    [InlineData(250, FindingLevel.Warning)]
    public void Speed_is_judged(int milliseconds, FindingLevel level) =>
        DiskCheck.JudgeSpeed(TimeSpan.FromMilliseconds(milliseconds)).Level.ShouldBe(level);

    [Theory]
    [InlineData(200_000, 0, FindingLevel.Ok)]
    [InlineData(20_000, 500_000, FindingLevel.Warning)]
    [InlineData(20_000, 0, FindingLevel.Failure)]
    public async Task Memory_is_judged(int available, int swap, FindingLevel level)
    {
        _clinic.Machine("/proc/meminfo", $"MemTotal:  500000 kB\nMemAvailable:  {available} kB\nSwapFree:  {swap} kB\n");

        (await _clinic.FindAsync<MemoryCheck>("memory")).Level.ShouldBe(level);
    }
}

using System.Runtime.Versioning;
using System.Text;
using OptFm.Server.Operations;

namespace OptFm.Server.Tests.Operations;

public sealed class LogFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("optfm-test-");

    private string Log => Path.Combine(_folder.FullName, "logs/all.log");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Rotation_under_load_loses_not_one_line()
    {
        const int Writers = 2, Rotations = 20;
        var accepted = 0;
        var rotated = false;
        await using (var file = new LogFile(Log, TextWriter.Null, TimeProvider.System))
        {
            var writing = Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
            {
                for (var i = 0; !Volatile.Read(ref rotated); i++)
                {
                    if (file.TryWrite(Line($"{writer} {i}"))) Interlocked.Increment(ref accepted);
                    if (i % 64 == 0) await Task.Yield();
                }
            })).ToArray();
            for (var i = 0; i < Rotations; i++)
            {
                await Wait.Until(() => File.Exists(Log) && new FileInfo(Log).Length > 0);
                File.Move(Log, $"{Log}.{i}");
                file.Reopen();
            }

            Volatile.Write(ref rotated, true);
            await Task.WhenAll(writing);
        }

        var lines = Directory.GetFiles(Path.GetDirectoryName(Log)!).SelectMany(File.ReadAllLines).ToList();
        lines.Count.ShouldBe(accepted);
        lines.Distinct().Count().ShouldBe(accepted);
    }

    [Fact]
    [SupportedOSPlatform("linux")]
    public async Task The_new_file_is_there_after_a_rotation_even_if_nothing_is_logged()
    {
        await using var file = new LogFile(Log, TextWriter.Null, TimeProvider.System);
        file.TryWrite(Line("one"));
        await Wait.Until(() => File.Exists(Log) && new FileInfo(Log).Length == 4);

        File.Move(Log, Log + ".1");
        file.Reopen();

        await Wait.Until(() => File.Exists(Log));
        (File.GetUnixFileMode(Log) & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead)).ShouldBe(UnixFileMode.None);
    }

    [Fact]
    public async Task A_file_cut_in_place_goes_on_from_its_start()
    {
        await using var file = new LogFile(Log, TextWriter.Null, TimeProvider.System);
        file.TryWrite(Line("before"));
        await Wait.Until(() => File.Exists(Log) && new FileInfo(Log).Length == 7);

        using (var cut = new FileStream(Log, FileMode.Open, FileAccess.Write, FileShare.ReadWrite)) cut.SetLength(0);
        file.TryWrite(Line("after"));

        await Wait.Until(() => new FileInfo(Log).Length > 0);
        (await File.ReadAllTextAsync(Log)).ShouldBe("after\n");
    }

    [Fact]
    public async Task A_full_disk_costs_lines_and_nothing_else()
    {
        // Writing to /dev/full always fails with ENOSPC: https://www.man7.org/linux/man-pages/man4/full.4.html
        var errors = new StringWriter();
        var file = new LogFile("/dev/full", TextWriter.Synchronized(errors), TimeProvider.System);
        for (var i = 0; i < 100; i++) file.TryWrite(Line("x")).ShouldBeTrue();

        await Wait.Until(() => file.Lost == 100);
        await file.DisposeAsync();

        errors.ToString().ShouldContain("lines lost since the start: 100");
        errors.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBeLessThanOrEqualTo(2);
    }

    [Fact]
    public async Task An_unwritable_path_is_tried_again_and_works_once_it_can_be_written()
    {
        await File.WriteAllTextAsync(Path.GetDirectoryName(Log)!, "a file where the folder should be");
        var errors = new StringWriter();
        await using var file = new LogFile(Log, TextWriter.Synchronized(errors), TimeProvider.System);
        file.TryWrite(Line("lost"));
        await Wait.Until(() => file.Lost == 1);

        File.Delete(Path.GetDirectoryName(Log)!);
        file.TryWrite(Line("kept"));

        await Wait.Until(() => File.Exists(Log) && new FileInfo(Log).Length > 0);
        (await File.ReadAllTextAsync(Log)).ShouldBe("kept\n");
        errors.ToString().ShouldContain("lines lost since the start: 1");
    }

    [Fact]
    public async Task Nobody_waits_for_a_file_that_takes_nothing()
    {
        var pipe = Path.Combine(_folder.FullName, "pipe");
        using (var make = System.Diagnostics.Process.Start("mkfifo", pipe)) await make.WaitForExitAsync();
        var file = new LogFile(pipe, TextWriter.Null, TimeProvider.System);

        // Opening a pipe that nobody reads hangs the writer; those who log must not notice.
        // More than its first batch (256 KiB) and the queue (16 Ki lines) can hold.
        const int Lines = 200_000;
        var taken = Enumerable.Range(0, Lines).Count(_ => file.TryWrite("x\n"u8.ToArray()));

        taken.ShouldBeInRange(16 * 1024, (128 + 16) * 1024);
        file.Lost.ShouldBe(Lines - taken);
        file.TryWrite(new byte[LogFile.LongestLine + 1]).ShouldBeFalse();
        using var reader = new FileStream(pipe, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        await file.DisposeAsync();
    }

    private static byte[] Line(string text) => Encoding.UTF8.GetBytes(text + "\n");
}

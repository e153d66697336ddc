using System.Diagnostics;

namespace OptFm.EndToEnd.Tests;

/// <summary>A running executable and all it has printed so far.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly List<string> _lines = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _openStreams = 2;

    private ServerProcess(Process process) => Process = process;

    public Process Process { get; }

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_gate) return [.. _lines];
        }
    }

    /// <param name="environment">Added to the tests' own; null removes a variable.</param>
    public static ServerProcess Start(string file, string[] arguments, string folder, IReadOnlyDictionary<string, string?> environment)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        var server = new ServerProcess(new Process { StartInfo = start });
        server.Process.OutputDataReceived += (_, line) => server.Add(line.Data);
        server.Process.ErrorDataReceived += (_, line) => server.Add(line.Data);
        server.Process.Start();
        server.Process.BeginOutputReadLine();
        server.Process.BeginErrorReadLine();
        return server;
    }

    /// <returns>The first line that fits, printed already or yet to come.</returns>
    /// <exception cref="InvalidOperationException">The process ended or patience ran out first; the message holds everything printed.</exception>
    public async Task<string> WaitForLineAsync(Func<string, bool> fits, TimeSpan patience, CancellationToken stop)
    {
        using var guard = CancellationTokenSource.CreateLinkedTokenSource(stop);
        guard.CancelAfter(patience);
        for (var next = 0; ;)
        {
            var (lines, changed, ended) = Snapshot();
            for (; next < lines.Count; next++)
            {
                if (fits(lines[next])) return lines[next];
            }

            if (ended) throw await EndedAsync(lines);
            await WaitAsync(changed, lines, patience, guard.Token, stop);
        }
    }

    /// <summary>The shell's own kill: .NET sends no other signal than SIGKILL.</summary>
    public async Task SignalAsync(string name)
    {
        using var kill = Process.Start("/bin/sh", ["-c", $"kill -{name} {Process.Id}"]);
        await kill.WaitForExitAsync();
        if (kill.ExitCode != 0) throw new InvalidOperationException($"Signal {name} could not be sent: the server is not running");
    }

    public async ValueTask DisposeAsync()
    {
        if (!Process.HasExited) Process.Kill(entireProcessTree: true);
        await Process.WaitForExitAsync();
        Process.Dispose();
    }

    private static async Task WaitAsync(Task changed, List<string> lines, TimeSpan patience, CancellationToken guard, CancellationToken stop)
    {
        try
        {
            await changed.WaitAsync(guard);
        }
        catch (OperationCanceledException e) when (!stop.IsCancellationRequested)
        {
            throw new InvalidOperationException($"The line did not come within {patience}. Printed so far:\n{string.Join('\n', lines)}", e);
        }
    }

    private async Task<InvalidOperationException> EndedAsync(List<string> lines)
    {
        await Process.WaitForExitAsync();
        return new($"The server ended with exit code {Process.ExitCode} before the line came. It printed:\n{string.Join('\n', lines)}");
    }

    private (List<string> Lines, Task Changed, bool Ended) Snapshot()
    {
        lock (_gate) return ([.. _lines], _changed.Task, _openStreams == 0);
    }

    /// <param name="line">Null when a stream has ended.</param>
    private void Add(string? line)
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            if (line is null) _openStreams--;
            else _lines.Add(line);
            changed = _changed;
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        changed.SetResult();
    }
}

using System.Collections;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace OptFm.Bench.Pipeline;

/// <summary>The real executable in a process of its own. Disposing kills it.</summary>
public sealed partial class ServerUnderTest : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly List<string> _printed = [];
    private readonly TaskCompletionSource<Uri> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServerUnderTest(Process process) => _process = process;

    public IPEndPoint Address { get; private set; } = new(IPAddress.Loopback, 0);

    /// <summary>From starting the process to the first 200 of its liveness check.</summary>
    public TimeSpan ReadyIn { get; private set; }

    public TimeSpan Cpu
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public double ResidentMb => StatusMb("VmRSS:");

    public double PeakResidentMb => StatusMb("VmHWM:");

    /// <param name="folder">Its working folder; the database is in it.</param>
    /// <param name="database">Its DATABASE_URL, or nothing.</param>
    /// <exception cref="BenchException">It did not start; the message holds what it printed.</exception>
    public static async Task<ServerUnderTest> StartAsync(FileInfo file, string folder, Uri max, string database, CancellationToken stop)
    {
        var start = new ProcessStartInfo(file.FullName, ["serve"]) { WorkingDirectory = folder, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        SetEnvironment(start, max);
        start.Environment["DATABASE_URL"] = database;
        var server = new ServerUnderTest(new Process { StartInfo = start });
        try
        {
            await server.BecomeReadyAsync(stop);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>The first hundred lines of what it printed.</summary>
    public string Output()
    {
        lock (_printed) return string.Join('\n', _printed);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    /// <summary>Nothing but what the server is given here, apart from what the runtime needs.</summary>
    private static void SetEnvironment(ProcessStartInfo start, Uri max)
    {
        start.Environment.Clear();
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            var name = (string)variable.Key;
            if (name is "PATH" or "HOME" or "TMPDIR" or "DATABASE_CONNECTIONS" || name.StartsWith("DOTNET_", StringComparison.Ordinal)) start.Environment[name] = (string?)variable.Value;
        }

        start.Environment["OPTFM_LANG"] = "en";
        start.Environment["PORT"] = "0";
        start.Environment["MAX_API"] = "official";
        start.Environment["MAX_API_KEY"] = "bench-token";
        start.Environment["MAX_BASE_URL"] = max.AbsoluteUri;
        start.Environment["MAX_WEBHOOK_URL"] = "https://bench.example/webhook/max";
        start.Environment["MAX_WEBHOOK_SECRET"] = UpdateRequests.Secret;
        start.Environment["MAX_RATE_LIMIT"] = "0";
        start.Environment["MAX_CHAT_RATE_LIMIT"] = "0";
    }

    private async Task BecomeReadyAsync(CancellationToken stop)
    {
        var clock = Stopwatch.StartNew();
        _process.OutputDataReceived += (_, line) => Printed(line.Data);
        _process.ErrorDataReceived += (_, line) => Printed(line.Data);
        _process.EnableRaisingEvents = true;
        _process.Exited += (_, _) => _listening.TrySetException(new BenchException($"The server ended: {Output()}"));
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        try
        {
            var address = await _listening.Task.WaitAsync(Patience, stop);
            Address = new IPEndPoint(IPAddress.Loopback, address.Port);
        }
        catch (TimeoutException)
        {
            throw new BenchException($"The server did not listen within {Patience}: {Output()}");
        }

        CheckLive();
        ReadyIn = clock.Elapsed;
    }

    private void CheckLive()
    {
        using var http = HttpConnection.To(Address, Patience);
        http.Send("GET /health/live HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"u8);
        if (!http.Read(out var answer) || !answer.Head.StartsWith("HTTP/1.1 200"u8)) throw new BenchException($"The server does not live: {Output()}");
    }

    private void Printed(string? line)
    {
        if (line is null) return;
        lock (_printed)
        {
            if (_printed.Count < 100) _printed.Add(line);
        }

        if (ListeningLine().Match(line) is { Success: true } found) _listening.TrySetResult(new Uri(found.Groups["address"].Value));
    }

    private double StatusMb(string name)
    {
        var line = File.ReadLines($"/proc/{_process.Id}/status").First(l => l.StartsWith(name, StringComparison.Ordinal));
        return long.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024.0;
    }

    [GeneratedRegex(@"^Listening on (?<address>http://\S+)$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex ListeningLine();
}

using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace OptFm.Server.Operations;

/// <summary>Runs a program of the system, such as <c>nginx -t</c>: no shell, messages in English, bounded in time and in output.</summary>
public static class ExternalProgram
{
    private const int MostOutput = 64 * 1024;

    /// <param name="name">Found along PATH and, as an ordinary user's PATH lacks them, in the folders of system programs.</param>
    /// <param name="within">How long it may take; then it is killed with its children.</param>
    /// <param name="variables">Added to the environment it inherits.</param>
    public static async Task<ProgramOutcome> RunAsync(
        string name, IReadOnlyList<string> arguments, TimeSpan within, CancellationToken stop, IReadOnlyDictionary<string, string>? variables = null)
    {
        var output = new StringBuilder();
        return await RunAsync(name, arguments, (stream, limit) => ReadAsync(new StreamReader(stream), output, limit), output, within, variables, stop);
    }

    /// <summary>The same for a program whose output is large: it is read while it runs.</summary>
    /// <param name="read">Takes the output; when it throws, the program is killed.</param>
    public static Task<ProgramOutcome> StreamAsync(
        string name, IReadOnlyList<string> arguments, Func<Stream, CancellationToken, Task> read, TimeSpan within, CancellationToken stop) =>
        RunAsync(name, arguments, read, new StringBuilder(), within, variables: null, stop);

    /// <returns>The program's path, or null where it is not installed.</returns>
    public static string? Find(string name)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        return folders.Concat(["/usr/local/sbin", "/usr/sbin", "/sbin"]).Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
    }

    private static async Task<ProgramOutcome> RunAsync(
        string name,
        IReadOnlyList<string> arguments,
        Func<Stream, CancellationToken, Task> read,
        StringBuilder output,
        TimeSpan within,
        IReadOnlyDictionary<string, string>? variables,
        CancellationToken stop)
    {
        if (Find(name) is not { } file) return ProgramOutcome.Absent;

        var start = new ProcessStartInfo(file, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // What it says is looked at by code, too.
        start.Environment["LC_ALL"] = "C";
        foreach (var (key, value) in variables ?? new Dictionary<string, string>()) start.Environment[key] = value;

        using var process = new Process { StartInfo = start };
        try
        {
            process.Start();
        }
        catch (Win32Exception)
        {
            return ProgramOutcome.Absent;
        }

        process.StandardInput.Close();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(within);
        try
        {
            var errors = ReadAsync(process.StandardError, output, limit.Token);
            await read(process.StandardOutput.BaseStream, limit.Token);
            await errors;
            await process.WaitForExitAsync(limit.Token);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            stop.ThrowIfCancellationRequested();
            return new(Found: true, TimedOut: true, -1, Text(output));
        }

        return new(Found: true, TimedOut: false, process.ExitCode, Text(output));
    }

    private static async Task ReadAsync(StreamReader reader, StringBuilder output, CancellationToken stop)
    {
        while (await reader.ReadLineAsync(stop) is { } line)
        {
            lock (output)
            {
                if (output.Length < MostOutput) output.AppendLine(line);
            }
        }
    }

    private static string Text(StringBuilder output)
    {
        lock (output) return output.ToString().TrimEnd();
    }
}

/// <param name="Found">False where the program is not installed or cannot be run.</param>
/// <param name="Output">What it wrote, both streams together, at most about 64 kB.</param>
public sealed record ProgramOutcome(bool Found, bool TimedOut, int ExitCode, string Output)
{
    public static ProgramOutcome Absent { get; } = new(Found: false, TimedOut: false, -1, "");

    public bool Succeeded => Found && !TimedOut && ExitCode == 0;
}

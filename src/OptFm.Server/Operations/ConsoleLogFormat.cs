using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace OptFm.Server.Operations;

/// <summary>One line per entry: with journald's priority when it listens, with the time otherwise.</summary>
/// <param name="journal">Whether journald reads the lines; it adds the time itself.</param>
internal sealed class ConsoleLogFormat(LogSecrets secrets, TimeProvider time, bool journal) : ConsoleFormatter(FormatName)
{
    public const string FormatName = "optfm";

    /// <summary>journald sets JOURNAL_STREAM for what it reads: https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html</summary>
    public static bool JournalListens => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("JOURNAL_STREAM"));

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var start = journal ? LogLevelNames.JournalPrefix(logEntry.LogLevel) : $"{time.GetLocalNow():yyyy-MM-dd HH:mm:ss.fff} {LogLevelNames.Name(logEntry.LogLevel),-8} ";
        var message = LogText.OneLine(secrets.Hide(logEntry.Formatter(logEntry.State, logEntry.Exception)));
        textWriter.Write($"{start}{ShortName(logEntry.Category)}: {message}");
        if (logEntry.Exception is { } exception) textWriter.Write($" | {OneLine(exception)}");
        textWriter.Write('\n');
    }

    private string OneLine(Exception exception) => LogText.OneLine(secrets.Hide(exception.ToString().ReplaceLineEndings(" | ")));

    private static string ShortName(string category) => category[(category.LastIndexOf('.') + 1)..];
}

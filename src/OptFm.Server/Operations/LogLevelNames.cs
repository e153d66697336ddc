namespace OptFm.Server.Operations;

/// <summary>How levels are written in the logs.</summary>
internal static class LogLevelNames
{
    public static string Name(LogLevel level) => level switch
    {
        LogLevel.Trace or LogLevel.Debug => "debug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warning",
        LogLevel.Error => "error",
        _ => "critical",
    };

    /// <summary>The priority that journald reads from the start of a line: https://www.man7.org/linux/man-pages/man3/sd-daemon.3.html</summary>
    public static string JournalPrefix(LogLevel level) => level switch
    {
        LogLevel.Trace or LogLevel.Debug => "<7>",
        LogLevel.Information => "<6>",
        LogLevel.Warning => "<4>",
        LogLevel.Error => "<3>",
        _ => "<2>",
    };
}

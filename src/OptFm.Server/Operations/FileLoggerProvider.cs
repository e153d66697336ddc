namespace OptFm.Server.Operations;

/// <summary>Sends what is logged under a category's name, or everything, to a file.</summary>
/// <param name="category">Beginning of the categories' names; empty for all.</param>
internal sealed class FileLoggerProvider(LogFile file, JsonLogFormat format, string category) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) =>
        new FileLogger(categoryName.StartsWith(category, StringComparison.Ordinal) ? file : null, format, categoryName);

    // The file is closed by whoever opened it: after the last logger, not with the first factory.
    public void Dispose()
    {
    }

    private sealed class FileLogger(LogFile? file, JsonLogFormat format, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => file is not null && logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel)) file!.TryWrite(format.Entry(logLevel, category, state, exception, formatter));
        }
    }
}

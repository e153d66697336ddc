using Microsoft.Extensions.Logging;

namespace OptFm.Server.Tests.Faq;

/// <summary>Keeps what was logged.</summary>
internal sealed class ToldLog : ILogger
{
    public List<string> Told { get; } = [];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Told.Add(formatter(state, exception));
}

using OptFm.Server.Faq;

namespace OptFm.Server.Content;

/// <summary>Where a library has its content from: a file alone, or the database which nodes share.</summary>
public interface IContentSource<T> : IDisposable
    where T : class
{
    /// <summary>What was read last without a problem.</summary>
    T Current { get; }

    /// <summary>The first reading.</summary>
    Task<FileReading<T>> OpenAsync(CancellationToken stop);

    /// <summary>Looks at once.</summary>
    /// <returns>Null where nothing changed.</returns>
    Task<FileReading<T>?> CheckAsync(CancellationToken stop);

    /// <summary>Looks again and again until stopped.</summary>
    Task WatchAsync(Action<FileReading<T>> changed, CancellationToken stop);
}

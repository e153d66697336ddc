using OptFm.Server.Answers;

namespace OptFm.Server.Faq;

/// <summary>The FAQ and the phrases that hold now. Both files are read again whenever they change.</summary>
public sealed class FaqLibrary : IDisposable
{
    private readonly WatchedFile<FaqSnapshot> _faq;
    private readonly WatchedFile<Phrases> _phrases;
    private readonly ILogger _log;

    private FaqLibrary(WatchedFile<FaqSnapshot> faq, WatchedFile<Phrases> phrases, ILogger log) => (_faq, _phrases, _log) = (faq, phrases, log);

    public FaqSnapshot Faq => _faq.Current;

    public Phrases Phrases => _phrases.Current;

    /// <summary>Reads both files.</summary>
    /// <returns>The library only when neither file has a problem.</returns>
    public static async Task<FileReading<FaqLibrary>> OpenAsync(FaqOptions options, ILogger log, TimeProvider time, CancellationToken stop)
    {
        var faq = new WatchedFile<FaqSnapshot>(options.FaqFile, FaqFile.Read, time);
        var phrases = new WatchedFile<Phrases>(options.PhrasesFile, PhrasesFile.Read, time);
        var questions = await faq.OpenAsync(stop);
        var words = await phrases.OpenAsync(stop);
        IReadOnlyList<FileProblem> problems = [.. questions.Problems, .. words.Problems];
        return new(problems.Count > 0 ? null : new(faq, phrases, log), problems, [.. questions.Warnings, .. words.Warnings]);
    }

    /// <summary>Follows both files until stopped.</summary>
    public Task WatchAsync(CancellationToken stop) => Task.WhenAll(_faq.WatchAsync(Tell, stop), _phrases.WatchAsync(Tell, stop));

    /// <summary>Reads at once what changed, as SIGHUP asks.</summary>
    public async Task ReloadAsync(CancellationToken stop)
    {
        if (await _faq.CheckAsync(stop) is { } faq) Tell(faq);
        if (await _phrases.CheckAsync(stop) is { } phrases) Tell(phrases);
    }

    public void Dispose()
    {
        _faq.Dispose();
        _phrases.Dispose();
    }

    private void Tell(FileReading<FaqSnapshot> reading)
    {
        TellProblems(reading.Problems, reading.Warnings);
        if (reading.Value is { } faq) _log.FaqReloaded(faq.Entries.Count);
    }

    private void Tell(FileReading<Phrases> reading)
    {
        TellProblems(reading.Problems, reading.Warnings);
        if (reading.Value is not null) _log.PhrasesReloaded();
    }

    private void TellProblems(IReadOnlyList<FileProblem> problems, IReadOnlyList<FileProblem> warnings)
    {
        foreach (var warning in warnings) _log.FileWarning(warning.InEnglish, warning.InRussian);
        foreach (var problem in problems) _log.FileRefused(problem.InEnglish, problem.InRussian);
    }
}

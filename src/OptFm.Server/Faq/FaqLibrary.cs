using OptFm.Server.Answers;
using OptFm.Server.Content;

namespace OptFm.Server.Faq;

/// <summary>
/// The FAQ and the phrases that hold now. The files are read again whenever they change; the golden file guards the FAQ. Where nodes share
/// their content, what the database holds is in force, and the golden file guards what this node imports.
/// </summary>
public sealed class FaqLibrary : IDisposable
{
    private readonly FaqOptions _options;
    private readonly IContentSource<FaqSnapshot> _faq;
    private readonly WatchedFile<GoldenFile> _golden;
    private readonly IContentSource<Phrases> _phrases;
    private readonly ILogger _log;
    private readonly SharedFile<FaqSnapshot>? _sharedFaq;
    private FaqGate? _gate;

    private FaqLibrary(FaqOptions options, SharedContent? shared, ILogger log, TimeProvider time)
    {
        (_options, _log) = (options, log);
        _golden = new(options.GoldenFile, GoldenFile.Read, time);
        if (shared is null)
        {
            _faq = new WatchedFile<FaqSnapshot>(options.FaqFile, FaqFile.Read, time);
            _phrases = new WatchedFile<Phrases>(options.PhrasesFile, PhrasesFile.Read, time);
            return;
        }

        _sharedFaq = shared.File(FaqOptions.Shared(ContentName.Faq, options.FaqFile, FaqOptions.File), (file, bytes, _) => FaqFile.Read(file, bytes));
        _sharedFaq.Allows = faq => _gate!.Allows(faq);
        _faq = _sharedFaq;
        _phrases = shared.File(FaqOptions.Shared(ContentName.Phrases, options.PhrasesFile, FaqOptions.Phrases), (file, bytes, _) => PhrasesFile.Read(file, bytes));
    }

    public FaqSnapshot Faq => _gate!.Live;

    public Phrases Phrases => _phrases.Current;

    private bool HasNoGolden => _options.NamedGoldenFile is null && (IsGuest || !File.Exists(_options.GoldenFile));

    /// <summary>Whether this node has no FAQ of the shop's, only what others import: then the demo's golden questions are not for it.</summary>
    private bool IsGuest => _sharedFaq is not null && _options.IsDemo;

    /// <summary>Reads the files.</summary>
    /// <returns>The library only when neither the FAQ nor the phrases have a problem. What is wrong with the golden file is logged.</returns>
    public static async Task<FileReading<FaqLibrary>> OpenAsync(FaqOptions options, ILogger log, TimeProvider time, CancellationToken stop, SharedContent? shared = null)
    {
        var library = new FaqLibrary(options, shared, log, time);
        var questions = await library._faq.OpenAsync(stop);
        var golden = await library._golden.OpenAsync(stop);
        var words = await library._phrases.OpenAsync(stop);
        IReadOnlyList<FileProblem> problems = [.. questions.Problems, .. words.Problems];
        if (questions.Value is { } faq) library.Start(faq, golden);
        if (problems.Count == 0 && shared is not null) await library.ReloadAsync(stop); // A new file of this node is imported before anybody is answered.
        return new(problems.Count > 0 ? null : library, problems, [.. questions.Warnings, .. words.Warnings]);
    }

    /// <summary>Follows the files until stopped.</summary>
    public Task WatchAsync(CancellationToken stop) =>
        Task.WhenAll(_faq.WatchAsync(Tell, stop), _golden.WatchAsync(Tell, stop), _phrases.WatchAsync(Tell, stop));

    /// <summary>Reads at once what changed, as SIGHUP asks.</summary>
    public async Task ReloadAsync(CancellationToken stop)
    {
        if (await _golden.CheckAsync(stop) is { } golden) Tell(golden);
        if (await _faq.CheckAsync(stop) is { } faq) Tell(faq);
        if (await _phrases.CheckAsync(stop) is { } phrases) Tell(phrases);
    }

    public void Dispose()
    {
        _faq.Dispose();
        _golden.Dispose();
        _phrases.Dispose();
    }

    private void Start(FaqSnapshot faq, FileReading<GoldenFile> golden)
    {
        _gate = new(faq, IsGuest ? null : golden.Value, _options.Force, _log);
        if (golden.Value is not null) _gate.TellFirst();
        else if (!HasNoGolden) Refuse(golden);
    }

    private void Tell(FileReading<FaqSnapshot> reading)
    {
        TellProblems(reading.Problems, reading.Warnings);
        if (reading.Value is not { } faq) _gate!.Withdraw();
        else if (_sharedFaq is null) _gate!.Offer(faq);
        else _gate!.Take(faq);
    }

    private void Tell(FileReading<GoldenFile> reading)
    {
        if (reading.Value is not null || HasNoGolden) _gate!.Use(IsGuest ? null : reading.Value);
        else Refuse(reading);
        _sharedFaq?.TryAgain();
    }

    private void Tell(FileReading<Phrases> reading)
    {
        TellProblems(reading.Problems, reading.Warnings);
        if (reading.Value is not null) _log.PhrasesReloaded();
    }

    private void Refuse(FileReading<GoldenFile> golden)
    {
        TellProblems(golden.Problems, golden.Warnings);
        _gate!.GoldenIsBad();
    }

    private void TellProblems(IReadOnlyList<FileProblem> problems, IReadOnlyList<FileProblem> warnings)
    {
        foreach (var warning in warnings) _log.FileWarning(warning.InEnglish, warning.InRussian);
        foreach (var problem in problems) _log.FileRefused(problem.InEnglish, problem.InRussian);
    }
}

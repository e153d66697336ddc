using OptFm.Server.Faq;
using OptFm.Server.Settings;

namespace OptFm.Server.Cli;

/// <summary>The files that <c>optfm faq</c> reads.</summary>
/// <param name="named">The FAQ file of the command line; null for the bot's own.</param>
internal sealed class FaqCommandFiles(LoadedSettings loaded, string? named, TextWriter output, TextWriter errors)
{
    private readonly FaqOptions _options = loaded.Settings.Faq;

    public string Faq { get; } = named ?? loaded.Settings.Faq.FaqFile;

    public TextWriter Output => output;

    public AdministratorLanguage Language => loaded.Language;

    public Task<FileReading<FaqSnapshot>> FaqAsync(CancellationToken stop) => ReadAsync(Faq, FaqFile.Read, stop);

    /// <summary>The named one; else the setting's; else the one beside the FAQ; else, for a candidate of the shop's FAQ, the shop's.</summary>
    /// <returns>Null where there is none.</returns>
    public async Task<FileReading<GoldenFile>?> GoldenAsync(FileInfo? golden, CancellationToken stop)
    {
        var path = golden?.FullName ?? _options.NamedGoldenFile ?? new[] { FaqOptions.GoldenBeside(Faq), LiveGolden }.FirstOrDefault(File.Exists);
        return path is null ? null : await ReadAsync(path, GoldenFile.Read, stop);
    }

    /// <summary>The bot's FAQ, where the checked file is another that may take its place.</summary>
    public async Task<FaqSnapshot?> LiveAsync(CancellationToken stop)
    {
        if (!IsShopsOwn || Faq == _options.FaqFile || !File.Exists(_options.FaqFile)) return null;
        return (await ReadAsync(_options.FaqFile, FaqFile.Read, stop)).Value;
    }

    public int Refuse(IReadOnlyList<FileProblem> problems)
    {
        foreach (var problem in problems) errors.WriteLine(problem.In(Language));
        return 1;
    }

    public string Missing(Exception wrong) => new FileProblem((wrong as FileNotFoundException)?.FileName ?? Faq, "is not there", "не найден").In(Language);

    /// <summary>The demo's files say nothing of another shop's.</summary>
    private bool IsShopsOwn => loaded.Source.Origin(FaqOptions.File) != SettingOrigin.Default;

    private string? LiveGolden => IsShopsOwn ? _options.GoldenFile : null;

    private async Task<FileReading<T>> ReadAsync<T>(string path, Func<string, ReadOnlyMemory<byte>, FileReading<T>> read, CancellationToken stop)
        where T : class
    {
        const int MostMegabytes = JsonText.MostBytes / 1024 / 1024;
        if (new FileInfo(path) is { Exists: true, LinkTarget: null, Length: > JsonText.MostBytes })
            throw new IOException(new FileProblem(path, $"is larger than {MostMegabytes} MB", $"больше {MostMegabytes} МБ").In(Language));
        return read(path, await File.ReadAllBytesAsync(path, stop));
    }
}

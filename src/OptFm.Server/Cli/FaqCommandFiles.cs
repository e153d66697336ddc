using OptFm.Server.Content;
using OptFm.Server.Faq;
using OptFm.Server.Settings;
using OptFm.Server.Storage;

namespace OptFm.Server.Cli;

/// <summary>The files that <c>optfm faq</c> reads.</summary>
/// <param name="named">The FAQ file of the command line; null for the bot's own.</param>
internal sealed class FaqCommandFiles(LoadedSettings loaded, string? named, TextWriter output, TextWriter errors)
{
    private readonly FaqOptions _options = loaded.Settings.Faq;

    public string Faq { get; } = named ?? loaded.Settings.Faq.FaqFile;

    public TextWriter Output => output;

    public AdministratorLanguage Language => loaded.Language;

    /// <summary>What the nodes answer from, where they share a database: known once <see cref="LiveAsync"/> looked. Null where the file is all there is.</summary>
    public string? Shared { get; private set; }

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
        if (loaded.Settings.Storage.Postgres is not null) return await Task.Run(SharedLive, stop);
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

    private FaqSnapshot? SharedLive()
    {
        try
        {
            using var database = Database.OpenBeside(loaded.Settings.Storage, TimeProvider.System);
            var head = database.Read(session => ContentStore.Head(session, ContentName.Faq));
            var isThis = head?.IsOf(ContentFile.Of(Faq, File.ReadAllBytes(Faq), null)) == true;
            Shared = head is null ? Say("The database has no FAQ yet.", "В базе FAQ ещё нет.")
                : isThis ? Say($"This file is version {head.Version}, which the nodes answer from.", $"Этот файл — версия {head.Version}, из неё узлы и отвечают.")
                : Say($"The nodes answer from version {head.Version} ({head.Source}), not from this file.", $"Узлы отвечают из версии {head.Version} ({head.Source}), а не из этого файла.");
            return isThis ? null : new ContentDesk(database, _options).LiveFaq();
        }
        catch (StoreException e)
        {
            Shared = Say($"What the nodes answer from is not known: {e.Message}", $"Из чего отвечают узлы, неизвестно: {e.InRussian}");
            return null;
        }
    }

    private string Say(string english, string russian) => Language == AdministratorLanguage.Russian ? russian : english;

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

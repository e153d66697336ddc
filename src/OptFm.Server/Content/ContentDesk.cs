using OptFm.Server.Answers;
using OptFm.Server.Faq;
using OptFm.Server.Products;
using OptFm.Server.Storage;

namespace OptFm.Server.Content;

/// <summary>What the administrator does with the shared content by hand.</summary>
internal sealed class ContentDesk(Database database, FaqOptions options)
{
    private const int MostTold = 20;

    /// <summary>Makes a file the version in force, also one that was before, if it can be read and breaks no golden question.</summary>
    /// <returns>Null, with what is wrong, where it was refused; else the warnings.</returns>
    /// <exception cref="StoreException">The database does not take it.</exception>
    public async Task<(ContentImported? Imported, IReadOnlyList<FileProblem> Problems)> ImportAsync(string name, string path, bool force, CancellationToken stop)
    {
        var (file, wrong) = await ReadAsync(name, path, stop);
        if (file is null) return (null, [wrong!]);

        var check = name switch
        {
            ContentName.Faq => CheckFaq(file, force || options.Force),
            ContentName.Phrases => Check(PhrasesFile.Read(path, file.Bytes)),
            _ => Check(PriceFile.ReadWith(path, file.Bytes, file.Mapping)),
        };
        if (!check.IsGood) return (null, check.Told);
        return (await new ContentImport(database, database.Clock ?? TimeProvider.System).RunAsync(name, file, since: long.MaxValue), check.Told);
    }

    /// <param name="number">Null for the version in force.</param>
    /// <returns>Null where there is none, or its bytes are not kept any more.</returns>
    /// <exception cref="IOException">The file is there already, or cannot be written.</exception>
    public async Task<ContentVersion?> ExportAsync(string name, long? number, string path, CancellationToken stop)
    {
        var version = database.Read(session => number is { } one ? ContentStore.Find(session, name, one) : ContentStore.Head(session, name));
        if (version is null || ContentReader.Read(database, version) is not { } bytes) return null;

        await WriteAsync(path, bytes, stop);
        if (version.Mapping is { } mapping) await WriteAsync(path + PriceFile.MappingSuffix, mapping, stop);
        return version;
    }

    /// <summary>The FAQ in force; null where none was imported, or this program cannot read it.</summary>
    public FaqSnapshot? LiveFaq() =>
        database.Read(session => ContentStore.Head(session, ContentName.Faq)) is { } head && ContentReader.Read(database, head) is { } bytes
            ? FaqFile.Read(head.Label, bytes).Value
            : null;

    private static async Task WriteAsync(string path, byte[] bytes, CancellationToken stop)
    {
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        await file.WriteAsync(bytes, stop);
    }

    private static async Task<(ContentFile? File, FileProblem? Wrong)> ReadAsync(string name, string path, CancellationToken stop)
    {
        var most = name == ContentName.Price ? PriceFile.MostBytes : JsonText.MostBytes;
        try
        {
            if (new FileInfo(path) is { Exists: true } info && info.Length > most)
                return (null, new(path, $"is larger than {most / 1024 / 1024} MB", $"больше {most / 1024 / 1024} МБ"));
            return (ContentFile.Of(path, await File.ReadAllBytesAsync(path, stop), name == ContentName.Price ? PriceFile.MappingBytes(path) : null), null);
        }
        catch (Exception wrong) when (wrong is FileNotFoundException or DirectoryNotFoundException)
        {
            return (null, new(path, "is not there", "не найден"));
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            return (null, new(path, $"cannot be read ({wrong.GetType().Name})", $"не читается ({wrong.GetType().Name})"));
        }
    }

    private static (bool IsGood, IReadOnlyList<FileProblem> Told) Check<T>(FileReading<T> reading)
        where T : class => (reading.Value is not null, [.. reading.Problems, .. reading.Warnings]);

    private (bool IsGood, IReadOnlyList<FileProblem> Told) CheckFaq(ContentFile file, bool force)
    {
        var reading = FaqFile.Read(file.Path, file.Bytes);
        if (reading.Value is not { } faq || GoldenFor(file.Path) is not { } path) return Check(reading);

        var golden = GoldenFile.Read(path, File.ReadAllBytes(path));
        if (golden.Value is null) return (force, golden.Problems);
        var broken = GoldenReplay.Differences(golden.Value, faq, LiveFaq()).Where(difference => difference.IsBroken).ToList();
        IReadOnlyList<FileProblem> told = [.. broken.Take(MostTold).Select(difference => new FileProblem(path, difference.InEnglish, difference.InRussian)), .. reading.Warnings];
        return (force || broken.Count == 0, told);
    }

    /// <summary>The named golden file; else the one beside the FAQ; else the one beside this node's.</summary>
    private string? GoldenFor(string faq) => options.NamedGoldenFile
        ?? new[] { FaqOptions.GoldenBeside(faq), options.IsDemo ? null : options.GoldenFile }.FirstOrDefault(File.Exists);
}

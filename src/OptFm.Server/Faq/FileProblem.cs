using OptFm.Server.Settings;

namespace OptFm.Server.Faq;

/// <summary>Something wrong in a file that the shop edits, in both of the administrator's languages.</summary>
/// <param name="File">The file's path.</param>
/// <param name="English">What is wrong, continuing "field X …".</param>
/// <param name="Russian">The same in Russian.</param>
public sealed record FileProblem(string File, string English, string Russian)
{
    /// <summary>Position in the list, from 1; null when the whole file is meant.</summary>
    public int? Entry { get; init; }

    /// <summary>The entry's id, where it could be read.</summary>
    public string? Id { get; init; }

    public string? Field { get; init; }

    /// <summary>A whole sentence with its place, in English.</summary>
    public string InEnglish => File + Place(", entry ", ", field ") + ": " + English;

    /// <summary>A whole sentence with its place, in Russian.</summary>
    public string InRussian => File + Place(", запись ", ", поле ") + ": " + Russian;

    public string In(AdministratorLanguage language) => language == AdministratorLanguage.Russian ? InRussian : InEnglish;

    private string Place(string entry, string field)
    {
        var id = Id is null ? "" : $" (id {Id})";
        return (Entry is null ? "" : entry + Entry + id) + (Field is null ? "" : field + Field);
    }
}

/// <summary>What came of reading a file: its value, or the reasons why there is none.</summary>
public sealed record FileReading<T>(T? Value, IReadOnlyList<FileProblem> Problems, IReadOnlyList<FileProblem> Warnings)
    where T : class;

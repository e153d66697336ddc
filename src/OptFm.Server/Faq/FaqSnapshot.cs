using OptFm.Search.Faq;

namespace OptFm.Server.Faq;

/// <summary>Entries of one category, in the order of the file.</summary>
/// <param name="Name">Null for the entries that name no category.</param>
public sealed record FaqCategory(string? Name, IReadOnlyList<FaqEntry> Entries);

/// <summary>The FAQ as it was read once. Immutable, so that one answer never sees two versions.</summary>
public sealed class FaqSnapshot
{
    private readonly Dictionary<string, FaqEntry> _byId;

    private FaqSnapshot(IReadOnlyList<FaqEntry> entries)
    {
        Entries = entries;
        Matcher = FaqMatcher.Build(entries);
        Categories = [.. entries.GroupBy(e => e.Category).OrderBy(g => g.Key is null).Select(g => new FaqCategory(g.Key, [.. g]))];
        _byId = entries.ToDictionary(e => e.Id, StringComparer.OrdinalIgnoreCase);
    }

    public IReadOnlyList<FaqEntry> Entries { get; }

    public FaqMatcher Matcher { get; }

    /// <summary>In the order of their first entries; the unnamed one last.</summary>
    public IReadOnlyList<FaqCategory> Categories { get; }

    /// <summary>Whether a menu of categories says more than a menu of questions.</summary>
    public bool HasCategories => Categories.Count > 1;

    /// <param name="entries">With unique ids.</param>
    public static FaqSnapshot Build(IReadOnlyList<FaqEntry> entries) => new(entries);

    public FaqEntry? Find(string id) => _byId.GetValueOrDefault(id);

    public IEnumerable<FaqEntry> RelatedTo(FaqEntry entry) => entry.Related.Select(Find).OfType<FaqEntry>().Where(e => e.Id != entry.Id).Distinct();
}

using System.Collections.Frozen;

namespace OptFm.Search.Classification;

/// <summary>
/// Groups of words near in meaning, by stem. With few examples a label meets a word's neighbours long before the word itself; the groups are
/// knowledge that the examples do not hold. Immutable.
/// </summary>
internal sealed class Concepts
{
    private static readonly Lazy<Concepts> Loaded = new(() => Parse(Shipped.Read("concepts.en.txt")));
    private readonly FrozenDictionary<uint, uint[]> _groups;

    private Concepts(FrozenDictionary<uint, uint[]> groups) => _groups = groups;

    /// <summary>The list that the library carries; English words only.</summary>
    public static Concepts Ours => Loaded.Value;

    /// <param name="file">A group a line, words apart by spaces; lines that start with # are remarks.</param>
    public static Concepts Parse(string file)
    {
        var groups = new Dictionary<uint, SortedSet<uint>>();
        var number = 0u;
        foreach (var line in file.Split('\n').Where(line => line.Length > 0 && line[0] != '#'))
        {
            number++;
            foreach (var word in FeatureReader.Words(line))
            {
                var stem = FeatureReader.StemCode(word);
                if (!groups.TryGetValue(stem, out var of)) groups[stem] = of = [];
                of.Add(number);
            }
        }

        return new Concepts(groups.ToFrozenDictionary(pair => pair.Key, pair => pair.Value.ToArray()));
    }

    /// <param name="stem">The code of a stem as a feature.</param>
    /// <returns>Numbers of its groups; none for most words.</returns>
    public ReadOnlySpan<uint> Of(uint stem) => _groups.TryGetValue(stem, out var groups) ? groups : [];
}

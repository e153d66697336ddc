using OptFm.Search.Text;

namespace OptFm.Search.Products;

/// <summary>
/// Marks of models among the synonyms: "лайт" is Lite. They are names, which Russian does not inflect, so that "литая" is none though its
/// stem is that of "лите".
/// </summary>
internal sealed class Marks
{
    private readonly Dictionary<int, string> _byConcept = [];
    private readonly HashSet<string> _spelt;

    public Marks(Synonyms synonyms)
    {
        _spelt = [.. synonyms.Words.Select(word => word.Text)];
        foreach (var mark in VariantWords.All)
            if (synonyms.Find([TextAnalyzer.ReadWord(mark)])[0] is [var concept, ..]) _byConcept.TryAdd(concept, mark);
    }

    /// <returns>The mark that a concept stands for, or null.</returns>
    public string? Of(int concept) => _byConcept.GetValueOrDefault(concept);

    /// <summary>Whether a word may mean the concept.</summary>
    public bool Means(string word, int concept) => !_byConcept.ContainsKey(concept) || _spelt.Contains(word);
}

using OptFm.Search.Index;
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
    private readonly List<string> _spoken = [];

    public Marks(Synonyms synonyms)
    {
        _spelt = [.. synonyms.Words.Select(word => word.Text)];
        foreach (var mark in VariantWords.All)
            if (synonyms.Find([TextAnalyzer.ReadWord(mark)])[0] is [var concept, ..]) _byConcept.TryAdd(concept, mark);
        foreach (var word in synonyms.Words)
            if (synonyms.Find([word])[0] is [var concept, ..] && _byConcept.ContainsKey(concept)) _spoken.Add(word.Text);
    }

    /// <returns>The mark that a concept stands for, or null.</returns>
    public string? Of(int concept) => _byConcept.GetValueOrDefault(concept);

    /// <returns>The mark as it is spoken that a short word is a swap or one letter away from, or null: "рпо" is про.</returns>
    public string? Near(string word) => word.Length is < 3 or > 5 ? null : _spoken.Find(mark =>
        Math.Min(word.Length, mark.Length) > 2 && EditDistance.Between(word, mark, 1) == 1 && (word.Length > 3 ? word[0] == mark[0] || IsSwap(word, mark) : IsSwap(word, mark)));

    public bool IsSpoken(string word) => _spoken.Contains(word);

    private static bool IsSwap(string word, string mark) => word.Order().SequenceEqual(mark.Order());

    /// <summary>Whether a word may mean the concept.</summary>
    public bool Means(string word, int concept) => !_byConcept.ContainsKey(concept) || _spelt.Contains(word);
}

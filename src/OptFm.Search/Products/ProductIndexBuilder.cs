using System.Runtime.InteropServices;
using OptFm.Search.Index;
using OptFm.Search.Text;

namespace OptFm.Search.Products;

/// <summary>Collects the terms of every product, then weighs them. The only mutable state of the price list.</summary>
internal sealed class ProductIndexBuilder(Synonyms synonyms)
{
    private const int ShortestAbbreviation = 3;
    private readonly NameReader _names = new(synonyms);
    private readonly Dictionary<string, int> _terms = [];
    private readonly List<List<int>> _postings = [];
    private readonly List<(string Word, TokenKind Kind)> _words = [];
    private readonly Dictionary<string, int> _abbreviations = [];
    private readonly List<(int Product, string Stem, Zone Zone)> _abbreviated = [];

    public ProductIndex Build(IReadOnlyList<Product> products)
    {
        var segments = new int[products.Count][];
        var heads = new int[products.Count][];
        for (var i = 0; i < products.Count; i++) (segments[i], heads[i]) = Add(i, _names.Read(products[i]));
        Expand();
        var vocabulary = new ProductVocabulary(_words.ToDictionary(word => word.Word, word => Frequency(word.Word)), _names.Words, synonyms, HasGoods);
        return new ProductIndex
        {
            Products = products,
            Terms = _terms,
            Postings = [.. _postings.Select(postings => postings.ToArray())],
            Idf = [.. _postings.Select(postings => TermWeights.Idf(products.Count, postings.Count))],
            IsVariant = Variants(),
            Models = [.. products.Select(product => Facets.Model(product.Name))],
            Colours = [.. products.Select(product => Colours.Of(product.Name))],
            Segments = segments,
            Heads = heads,
            Fits = [.. products.Select(product => product.Name.Contains("совмест", StringComparison.OrdinalIgnoreCase) || product.Name.Contains(" для ", StringComparison.OrdinalIgnoreCase))],
            Vocabulary = vocabulary,
            Synonyms = synonyms,
            Codes = new ProductCodes(products),
        };
    }

    private (int[] Segments, int[] Heads) Add(int product, List<PlacedTerm> terms)
    {
        var segments = new NameSegments();
        var heads = new SortedDictionary<int, List<int>>();
        foreach (var term in terms)
        {
            var id = Post(product, term.Text, term.Kind, term.Zone);
            if (term.IsDotted && term.Text.Length >= ShortestAbbreviation) _abbreviated.Add((product, term.Text, term.Zone));
            if (term.Head >= 0) AddHead(heads, term.Head, id);
            if (term.Segment.Number >= 0 && term.Kind != TokenKind.Word) segments.Add(term.Segment, id, Part(term));
        }

        return (segments.Write(), [.. heads.Values.SelectMany(head => head.Append(-1))]);
    }

    private static NameSegments.Part Part(PlacedTerm term)
    {
        if (term.Kind != TokenKind.Latin) return NameSegments.Part.Number;
        return VariantWords.All.Contains(term.Text) ? NameSegments.Part.Mark : NameSegments.Part.Series;
    }

    private static void AddHead(SortedDictionary<int, List<int>> heads, int place, int term)
    {
        if (!heads.TryGetValue(place, out var terms)) heads[place] = terms = [];
        terms.Add(term);
    }

    private int Post(int product, string text, TokenKind kind, Zone zone)
    {
        if (!_terms.TryGetValue(text, out var id))
        {
            _terms[text] = id = _postings.Count;
            _postings.Add([]);
            if ((kind is TokenKind.Word or TokenKind.Latin) && text[0] != NameReader.Concept) _words.Add((text, kind));
        }

        var postings = CollectionsMarshal.AsSpan(_postings[id]);
        if (postings.Length > 0 && postings[^1] >> 8 == product) postings[^1] = Merge(postings[^1], zone);
        else _postings[id].Add((product << 8) | (int)zone);
        return id;
    }

    /// <summary>A term is derived only while nothing has it literally.</summary>
    private static int Merge(int posting, Zone zone)
    {
        var derived = posting & (int)zone & (int)Zone.Derived;
        return ((posting | (int)zone) & ~(int)Zone.Derived) | derived;
    }

    /// <summary>"фиол." also stands under the most frequent word that begins so.</summary>
    private void Expand()
    {
        foreach (var (product, stem, zone) in _abbreviated)
        {
            if (!_abbreviations.TryGetValue(stem, out var full)) _abbreviations[stem] = full = Longest(stem);
            if (full >= 0 && !_postings[full].Exists(posting => posting >> 8 == product)) _postings[full].Add((product << 8) | (int)zone);
        }

        foreach (var full in _abbreviations.Values.Where(full => full >= 0).Distinct()) _postings[full].Sort();
    }

    private int Longest(string stem)
    {
        var (best, count) = (-1, 0);
        foreach (var (word, kind) in _words)
        {
            if (kind != TokenKind.Word || word.Length <= stem.Length || !word.StartsWith(stem, StringComparison.Ordinal)) continue;
            if (Frequency(word) > count) (best, count) = (_terms[word], Frequency(word));
        }

        return best;
    }

    private int Frequency(string term) => _postings[_terms[term]].Count;

    private bool HasGoods(string term) => _terms.ContainsKey(term);

    private bool[] Variants()
    {
        var isVariant = new bool[_postings.Count];
        foreach (var word in VariantWords.All)
            if (_terms.TryGetValue(word, out var id)) isVariant[id] = true;
        return isVariant;
    }
}

using System.Runtime.InteropServices;
using OptFm.Search.Index;
using OptFm.Search.Text;

namespace OptFm.Search.Products;

/// <summary>Collects the terms of every product, then weighs them. The only mutable state of the price list.</summary>
internal sealed class ProductIndexBuilder(Synonyms synonyms)
{
    private readonly NameReader _names = new(synonyms);
    private readonly Dictionary<string, int> _terms = [];
    private readonly List<List<int>> _postings = [];
    private readonly List<(string Word, TokenKind Kind)> _words = [];
    private readonly List<Abbreviated> _abbreviated = [];
    private readonly NameSegments _segments = new();
    private readonly List<(int Place, int Term)> _heads = [];

    public ProductIndex Build(IReadOnlyList<Product> products)
    {
        var segments = new PackedLists.Builder(products.Count);
        var heads = new PackedLists.Builder(products.Count);
        for (var i = 0; i < products.Count; i++) Add(i, _names.Read(products[i]), segments, heads);
        var abbreviations = Abbreviations.Expand(_abbreviated, _words, _terms, _postings);
        return new ProductIndex
        {
            Products = products,
            Prices = [.. products.Select(product => (double)product.Price)],
            Terms = _terms,
            Postings = PackedLists.Of(_postings),
            Idf = [.. _postings.Select(postings => TermWeights.Idf(products.Count, postings.Count))],
            IsVariant = Variants(),
            IsSeries = MostlyIn(Zone.Fits),
            IsThing = MostlyIn(Zone.Subject | Zone.Fits | Zone.LeafFits),
            Abbreviations = abbreviations,
            Colours = [.. products.Select(product => Colours.Of(product.Name, _names.ReadWord))],
            Segments = segments.Build(),
            Heads = heads.Build(),
            Fits = [.. products.Select(product => product.Name.Contains("совмест", StringComparison.OrdinalIgnoreCase) || product.Name.Contains(" для ", StringComparison.OrdinalIgnoreCase))],
            Vocabulary = new ProductVocabulary(_words.ToDictionary(word => word.Word, word => _postings[_terms[word.Word]].Count), _names.Words, synonyms, _terms.ContainsKey),
            Synonyms = synonyms,
            Codes = new ProductCodes(products),
        };
    }

    private void Add(int product, List<PlacedTerm> terms, PackedLists.Builder segments, PackedLists.Builder heads)
    {
        foreach (var term in terms)
        {
            var id = Post(product, term.Text, term.Kind, term.Zone);
            if (term.IsDotted) _abbreviated.Add(new(product, term.Text, term.Zone));
            if (term.Head >= 0) _heads.Add((term.Head, id));
            if (term.Segment.Number >= 0 && term.Kind != TokenKind.Word) _segments.Add(term.Segment, id, Part(term));
        }

        _segments.Write(segments);
        segments.End();
        WriteHeads(heads);
    }

    private static ModelPart Part(PlacedTerm term)
    {
        if (term.Kind != TokenKind.Latin) return ModelPart.Number;
        return VariantWords.All.Contains(term.Text) ? ModelPart.Mark : ModelPart.Series;
    }

    private void WriteHeads(PackedLists.Builder heads)
    {
        foreach (var head in _heads.GroupBy(head => head.Place).OrderBy(head => head.Key))
        {
            foreach (var (_, term) in head) heads.Add(term);
            heads.Add(-1);
        }

        heads.End();
        _heads.Clear();
    }

    private int Post(int product, string text, TokenKind kind, Zone zone)
    {
        ref var id = ref CollectionsMarshal.GetValueRefOrAddDefault(_terms, text, out var isKnown);
        if (!isKnown)
        {
            id = _postings.Count;
            _postings.Add([]);
            if ((kind is TokenKind.Word or TokenKind.Latin) && text[0] != NameReader.Concept && !text.StartsWith(NameReader.Absent, StringComparison.Ordinal)) _words.Add((text, kind));
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

    private bool[] MostlyIn(Zone zone) => [.. _postings.Select(postings => postings.Count(posting => ((Zone)posting & zone) != Zone.None) * 2 > postings.Count)];

    private bool[] Variants()
    {
        var isVariant = new bool[_postings.Count];
        foreach (var word in VariantWords.All)
            if (_terms.TryGetValue(word, out var id)) isVariant[id] = true;
        return isVariant;
    }
}

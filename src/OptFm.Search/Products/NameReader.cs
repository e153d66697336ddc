using System.Runtime.InteropServices;
using OptFm.Search.Text;

namespace OptFm.Search.Products;

/// <summary>A part of a name between slashes, brackets, quotes or Russian words.</summary>
/// <param name="Number">From 0; -1 outside the name.</param>
/// <param name="Inherits">Whether it goes on a list, so that the 12 of "iPhone 11/12" is an iPhone's.</param>
internal readonly record struct Segment(int Number, bool Inherits)
{
    public static Segment None { get; } = new(-1, false);
}

/// <summary>A term of a product with its place.</summary>
/// <param name="IsDotted">Whether it is abbreviated with a full stop.</param>
/// <param name="Head">Number of the word among those that say what the thing is; -1 elsewhere.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PlacedTerm(string Text, TokenKind Kind, Zone Zone, Segment Segment, int Head, bool IsDotted = false);

/// <summary>Reads a product's name and category into terms and places.</summary>
internal sealed class NameReader(Synonyms synonyms)
{
    /// <summary>Prefix of a term that stands for a group of synonyms.</summary>
    public const char Concept = '§';

    /// <summary>Prefix of a term for what a thing is said to lack: "без защиты".</summary>
    public const string Absent = "без ";
    /// <summary>What stands before a hyphen as an adjective: "смарт-очки" are glasses.</summary>
    private static readonly string[] Firsts = ["смарт", "мини", "веб", "селфи", "экшн", "флеш"];
    private readonly TokenReader _tokens = new();
    private readonly Marks _marks = new(synonyms);
    private readonly Dictionary<string, Word> _read = [];
    private readonly Dictionary<(string Category, bool IsLeaf), List<PlacedTerm>> _categories = [];

    /// <summary>Whole Russian words met so far: what typos are compared with.</summary>
    public HashSet<string> Words { get; } = [];

    public List<PlacedTerm> Read(Product product)
    {
        var terms = new List<PlacedTerm>(32);
        ReadText(product.Name, Zone.Head, Zone.Fits, terms);
        if (product.Category.Count > 0) terms.AddRange(Category(product.Leaf, isLeaf: true));
        for (var i = 1; i < product.Category.Count - 1; i++) terms.AddRange(Category(product.Category[i], isLeaf: false));
        return terms;
    }

    /// <summary>As <see cref="TextAnalyzer.ReadWord"/>; a list has few words, each many times.</summary>
    public Word ReadWord(string text)
    {
        if (!_read.TryGetValue(text, out var word)) _read[text] = word = TextAnalyzer.ReadWord(text);
        return word;
    }

    private List<PlacedTerm> Category(string name, bool isLeaf)
    {
        if (_categories.TryGetValue((name, isLeaf), out var terms)) return terms;
        _categories[(name, isLeaf)] = terms = [];
        ReadText(name, isLeaf ? Zone.Leaf : Zone.Path, isLeaf ? Zone.LeafFits : Zone.Path, terms);
        return terms;
    }

    private void ReadText(string text, Zone subject, Zone fits, List<PlacedTerm> terms)
    {
        var atoms = Atom.Split(Normalisation.Apply(text));
        var (zones, segments) = Places(atoms, subject, fits);
        var inName = subject == Zone.Head;
        foreach (var token in _tokens.Read(atoms)) Add(token, atoms, zones[token.Atom], inName ? segments[token.Atom] : Segment.None, inName ? Head(atoms, zones, token.Atom) : -1, terms);
        var words = atoms.ConvertAll(atom => ReadWord(atom.Text));
        var concepts = synonyms.Find(words);
        if (inName) AddTwice(words, concepts, zones, terms);
        for (var i = 0; i < concepts.Length; i++)
            foreach (var concept in i > 0 && words[i - 1].Text == "без" ? [] : concepts[i] ?? [])
                if (_marks.Means(words[i].Text, concept)) terms.Add(new($"{Concept}{concept}", Scripts.AnyCyrillic(words[i].Text) ? TokenKind.Word : TokenKind.Latin, zones[i], inName ? segments[i] : Segment.None, inName ? Head(atoms, zones, i) : -1));
    }

    /// <summary>"USB-C - USB-C": a cable of two equal ends.</summary>
    private static void AddTwice(List<Word> words, List<int>?[] concepts, Zone[] zones, List<PlacedTerm> terms)
    {
        for (var i = 1; i < words.Count; i++)
        {
            if (concepts[i] is not { } found || Scripts.AnyCyrillic(words[i].Text)) continue;
            var first = words.FindIndex(word => word.Text == words[i].Text);
            if (first == i || concepts[first] is not { } before) continue;
            foreach (var concept in found.Where(before.Contains)) terms.Add(new(Twice(concept), TokenKind.Latin, zones[i], Segment.None, -1));
        }
    }

    /// <summary>The term of a thing that is named twice.</summary>
    public static string Twice(int concept) => $"{Concept}{concept}×2";

    private void Add(Token token, List<Atom> atoms, Zone zone, Segment segment, int head, List<PlacedTerm> terms)
    {
        if (token.Kind is TokenKind.Word)
        {
            AddWord(ReadWord(token.Text), token.Atom > 0 && atoms[token.Atom - 1].Text == "без", new("", token.Kind, zone, segment, head, atoms[token.Atom].Dotted), terms);
            return;
        }

        if (token.Kind == TokenKind.Number && atoms[token.Atom].IsInches && atoms[token.Atom].Before == '(' && !token.Text.Contains('.')) return; // (5") is no Redmi 5.
        if (segment.Number < 0 && token.Kind != TokenKind.Latin) return; // Numbers of categories ("iPhone X/11") are about all of their goods.
        foreach (var form in token.Forms) terms.Add(new(form.Text, token.Kind, form.Quality < 1 ? zone | Zone.Derived : zone, segment, head));
    }

    private void AddWord(Word word, bool isAbsent, PlacedTerm place, List<PlacedTerm> terms)
    {
        Words.Add(word.Text);
        if (word.IsWeak) return;
        terms.Add(place with { Text = isAbsent ? Absent + word.Stem : word.Stem });
        if (!isAbsent && Compounds.Second(word.Stem) is { } second) terms.Add(place with { Text = second, Zone = place.Zone | Zone.Derived, IsDotted = false });
    }

    /// <summary>Nouns count; adjectives ("защитное") and what is no word do not.</summary>
    private static int Head(List<Atom> atoms, Zone[] zones, int atom) =>
        zones[atom] == Zone.Head && !(Array.IndexOf(Firsts, atoms[atom].Text) >= 0 && atom + 1 < atoms.Count && atoms[atom + 1].Before == '-') && atoms[atom].Text is { Length: > 2 } word && Scripts.AnyCyrillic(word) && !IsAdjective(word) ? atom : -1;

    /// <summary>By its ending; "защитное".</summary>
    internal static bool IsAdjective(string word) =>
        word.Length > 4 && word is not "припой" && (word[^2], word[^1]) is ('о', 'е') or ('а', 'я') or ('ы', 'й') or ('и', 'й') or ('о', 'й') or ('ы', 'е') or ('и', 'е');

    /// <summary>Zone and segment of each atom.</summary>
    private static (Zone[] Zones, Segment[] Segments) Places(List<Atom> atoms, Zone subject, Zone fits)
    {
        var zones = new Zone[atoms.Count];
        var segments = new Segment[atoms.Count];
        var zone = subject;
        var segment = new Segment(0, false);
        for (var i = 0; i < atoms.Count; i++)
        {
            segment = Next(segment, atoms, i);
            if (i > 0 && subject == Zone.Head && atoms[i].Before is '+' or '(' or '[' or ')' or ']') zone = Zone.Detail;
            if (IsFitting(atoms[i].Text)) zone = fits;
            if (zone == Zone.Head && i > 0 && Scripts.AnyLatin(atoms[i].Text) && atoms[i].Text.Length > 1) zone = Zone.Detail;
            (zones[i], segments[i]) = (zone, segment);
        }

        return (zones, segments);
    }

    /// <summary>A slash, a comma or an opening bracket goes on a list; other marks and Russian words end it.</summary>
    private static Segment Next(Segment segment, List<Atom> atoms, int atom)
    {
        if (atom == 0) return segment;
        if (IsPlainWord(atoms[atom]) || IsPlainWord(atoms[atom - 1])) return new(segment.Number + 1, false);
        return atoms[atom].StartsSegment ? new(segment.Number + 1, atoms[atom].Before is '/' or ',' or '(') : segment;
    }

    private static bool IsPlainWord(Atom atom) => atom.Text.Length > 2 && !atom.IsGlued && Scripts.AnyCyrillic(LookAlikes.Apply(atom.Text));

    private static bool IsFitting(string word) => word is "для" or "под" || word.StartsWith("совмест", StringComparison.Ordinal);
}

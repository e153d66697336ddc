using OptFm.Search.Text;

namespace OptFm.Search.Products;

/// <summary>
/// Puts atoms together to tokens: words, model numbers, measures. Names are read for every form anyone may type; a query is read
/// with the list's own vocabulary, which decides whether "note10" is a model or a word and a number.
/// </summary>
/// <param name="knows">The vocabulary; null while names are read.</param>
internal sealed class TokenReader(Func<string, bool>? knows = null)
{
    private const int LongestPrefix = 5;
    private const float NumberOfMeasure = 0.7f;

    public List<Token> Read(List<Atom> atoms)
    {
        var tokens = new List<Token>(atoms.Count);
        for (var start = 0; start < atoms.Count;)
        {
            var end = start + 1;
            while (end < atoms.Count && atoms[end].IsGlued) end++;
            start = ReadRun(atoms, start, end, tokens);
        }

        return tokens;
    }

    /// <returns>Where to read on.</returns>
    private int ReadRun(List<Atom> atoms, int start, int end, List<Token> tokens)
    {
        if (Joined(atoms, start, end, tokens) is { } joined) return joined;
        if (end - start > 1) return ReadMixed(atoms, start, end, tokens);
        var atom = atoms[start];
        if (!atom.IsNumber) return Add(tokens, Word(atom.Text, start), end);
        if (end < atoms.Count && atoms[end].Before == ' ' && Units.Of(atoms[end].Text, spaced: true) is { } unit)
            return Add(tokens, Measure(atom.Text, unit, start), end + 1);
        return Add(tokens, new(TokenKind.Number, [new(atom.Text, 1)], start, 1), end);
    }

    /// <summary>RM-510, sm-a515f, а 51: the letters and what follows as one model number.</summary>
    private int? Joined(List<Atom> atoms, int start, int end, List<Token> tokens)
    {
        var letters = atoms[start];
        if (end - start > 1 || letters.IsNumber || letters.Text.Length > LongestPrefix || end >= atoms.Count) return null;
        var apart = atoms[end].Before == ' ';
        if (atoms[end].Before != '-' && !apart) return null;
        var runEnd = end + 1;
        while (runEnd < atoms.Count && atoms[runEnd].IsGlued) runEnd++;
        var rest = string.Concat(atoms[end..runEnd].Select(atom => atom.Text));
        if (!char.IsAsciiDigit(atoms[end].Text[0]) && !rest.Any(char.IsAsciiDigit)) return null;
        var glued = Folding.Known(letters.Text + rest, knows);
        if (knows is null)
        {
            if (!apart) tokens.Add(new(TokenKind.Model, [new(glued[0], 1)], start, runEnd - start, IsExtra: true));
            return null;
        }

        if (apart && runEnd < atoms.Count && atoms[runEnd].Before == ' ' && Units.Of(atoms[runEnd].Text, spaced: true) is not null) return null; // "type-c 2 метра"
        if (glued.Count == 0 || (apart && letters.Text.Length > 1 && (letters.Text.Length > 3 || knows(Folding.Plain(letters.Text))))) return null;
        return Add(tokens, new(TokenKind.Model, [.. glued.Select(text => new Form(text, 1))], start, runEnd - start), runEnd);
    }

    private int ReadMixed(List<Atom> atoms, int start, int end, List<Token> tokens)
    {
        var (first, second) = (atoms[start], atoms[start + 1]);
        if (first.IsNumber && end - start == 2 && Units.Of(second.Text, spaced: false) is { } unit) return Add(tokens, Measure(first.Text, unit, start), end);
        if (first.IsNumber && second.Text.Length >= 3) return Add(tokens, new(TokenKind.Number, [new(first.Text, 1)], start, 1), start + 1);
        if (!first.IsNumber && Repeat(atoms, start, end) is { } repeat) end = repeat;
        if (end - start == 3 && VariantWords.All.Contains(atoms[end - 1].Text)) end--; // S20FE
        if (first.IsNumber || first.Text.Length < 3) return Add(tokens, Model(atoms, start, end), end, Tail(atoms, start, end));

        var glued = Folding.Known(Glue(atoms, start, end), knows);
        if (knows is not null && glued.Count > 0) return Add(tokens, Model(atoms, start, end), end);
        if (knows is null) tokens.Add(new(TokenKind.Model, [new(glued[0], 1)], start, end - start, IsExtra: true));
        return Add(tokens, Word(first.Text, start), start + 1);
    }

    /// <summary>"A51A51s" is two models.</summary>
    private static int? Repeat(List<Atom> atoms, int start, int end)
    {
        for (var i = start + 2; i < end; i++)
            if (atoms[i].Text == atoms[start].Text && i + 1 < end) return i;
        return null;
    }

    /// <summary>The measure at the end of "PD20W".</summary>
    private Token? Tail(List<Atom> atoms, int start, int end) =>
        end - start == 3 && atoms[end - 2].IsNumber && Units.Of(atoms[end - 1].Text, spaced: false) is "w" or "gb" or "mah" or "mm"
            ? Measure(atoms[end - 2].Text, Units.Of(atoms[end - 1].Text, spaced: false)!, end - 2) with { IsExtra = true }
            : null;

    private Token Model(List<Atom> atoms, int start, int end)
    {
        var forms = new List<Form>();
        foreach (var text in Folding.Known(Glue(atoms, start, end), knows)) Include(forms, text, 1);
        if (knows is not null && forms.Count == 0) Thousands(forms, atoms, start, end);
        if (knows is not null && forms.Count == 0) forms.Add(new(Folding.Plain(Glue(atoms, start, end)), 1));
        if (!atoms[start].IsNumber && atoms[start + 1].Text is { Length: >= 3 and <= 4 } digits)
        {
            foreach (var letters in Folding.Variants(atoms[start].Text))
            {
                if (end - start <= 3) Include(forms, letters + digits, 0.95f);
                if (letters.Length == 1 && digits.Length == 3) Include(forms, letters + digits[..2], 0.8f);
                if (knows is null && letters.Length == 2 && digits.Length == 4) Include(forms, digits, 0.8f); // "батарейка 2032" is a CR2032.
                if (knows is null && letters.Length == 2 && digits.Length == 3) Embedded(forms, letters[1] + digits);
            }
        }

        return new(TokenKind.Model, [.. forms], start, end - start);
    }

    /// <summary>"Повербанк 10к" is of 10000 mAh.</summary>
    private static void Thousands(List<Form> forms, List<Atom> atoms, int start, int end)
    {
        if (end - start != 2 || atoms[start + 1].Text is not ("к" or "k") || atoms[start].Text is not { Length: <= 3 } number || number.Contains('.')) return;
        forms.Add(new(Units.Measure(number + "000", "mah"), 1));
        forms.Add(new(number + "000", 1));
    }

    /// <summary>Part numbers that hold a model's: EB-BA515ABY is the battery of the A515, the A51.</summary>
    private static void Embedded(List<Form> forms, string model)
    {
        Include(forms, model, 0.9f);
        Include(forms, model[..3], 0.75f);
    }

    private static void Include(List<Form> forms, string text, float quality)
    {
        if (!forms.Exists(form => form.Text == text)) forms.Add(new(text, quality));
    }

    /// <summary>"9A" is a model as often as a current; of a size the number alone is said too.</summary>
    private Token Measure(string number, string unit, int start)
    {
        var measure = new Form(Units.Measure(number, unit), 1);
        if (unit is "a" && !number.Contains('.')) return new(TokenKind.Model, [measure], start, 2);
        return new(TokenKind.Measure, unit is "a" or "v" or "m" || (knows is not null && unit != "mm" && number.Length < 3) ? [measure] : [measure, new(number, NumberOfMeasure)], start, 2);
    }

    private static Token Word(string text, int start)
    {
        var word = LookAlikes.Apply(text);
        return new(Scripts.AnyCyrillic(word) ? TokenKind.Word : TokenKind.Latin, [new(word, 1)], start, 1);
    }

    private static string Glue(List<Atom> atoms, int start, int end) => string.Concat(atoms[start..end].Select(atom => atom.Text));

    private static int Add(List<Token> tokens, Token token, int next, Token? extra = null)
    {
        tokens.Add(token);
        if (extra is not null) tokens.Add(extra);
        return next;
    }
}

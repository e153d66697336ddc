namespace OptFm.Search.Products;

/// <summary>What a token of a name or a query can say.</summary>
internal enum TokenKind
{
    /// <summary>Cyrillic letters.</summary>
    Word,

    /// <summary>Latin letters: a brand, a series, a connector.</summary>
    Latin,

    /// <summary>A number alone, such as the 11 of a model.</summary>
    Number,

    /// <summary>Letters and digits: A51, 9a, BM47.</summary>
    Model,

    /// <summary>A number with its unit: 20w, 2m.</summary>
    Measure,
}

/// <summary>One way to write a token, and how far it stands for it, 0 to 1.</summary>
internal readonly record struct Form(string Text, float Quality);

/// <summary>A token with every form it is found by; the first is the token itself.</summary>
/// <param name="Atom">Index of its first atom.</param>
/// <param name="Atoms">How many atoms it spans.</param>
/// <param name="IsExtra">Whether it repeats tokens beside it in glued form, as RM510 for RM-510.</param>
internal sealed record Token(TokenKind Kind, Form[] Forms, int Atom, int Atoms, bool IsExtra = false)
{
    public string Text => Forms[0].Text;
}

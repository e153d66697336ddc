namespace OptFm.Search.Products;

/// <summary>Where in a product a term stands. What a thing is called says more than what it fits.</summary>
[Flags]
internal enum Zone
{
    None = 0,

    /// <summary>What the thing is: the start of the name.</summary>
    Head = 1,

    /// <summary>The rest of the name.</summary>
    Detail = 2,

    /// <summary>What it fits: after "совместим с" or "для".</summary>
    Fits = 4,

    /// <summary>The nearest category's own subject.</summary>
    Leaf = 8,

    /// <summary>What the nearest category's goods fit.</summary>
    LeafFits = 16,

    /// <summary>A category further up.</summary>
    Path = 32,

    /// <summary>A form the name has only by derivation, such as A51 of A515F.</summary>
    Derived = 64,

    /// <summary>Says what the thing is.</summary>
    Subject = Head | Leaf,

    /// <summary>In the product's own name.</summary>
    Name = Head | Detail | Fits,
}

/// <summary>How much of a query's term a product satisfies by where it has it.</summary>
internal static class Zones
{
    private static readonly float[] Words = [.. Enumerable.Range(0, 256).Select(zone => Quality((Zone)zone, TokenKind.Word))];
    private static readonly float[] Names = [.. Enumerable.Range(0, 256).Select(zone => Quality((Zone)zone, TokenKind.Latin))];

    /// <summary>Of what the goods are for, where a name says what it fits counts in full.</summary>
    private static readonly float[] Purposes = [.. Enumerable.Range(0, 256).Select(zone => Quality((Zone)zone | ((Zone)zone & Zone.Fits) switch { Zone.None => Zone.None, _ => Zone.Head }, TokenKind.Word))];

    public static ReadOnlySpan<float> Table(Wish wish) => wish is { IsPurpose: true, Kind: TokenKind.Word } ? Purposes : Table(wish.Kind);

    /// <summary>The quality by zone.</summary>
    public static ReadOnlySpan<float> Table(TokenKind kind) => kind == TokenKind.Word ? Words : Names;

    private static float Quality(Zone zone, TokenKind kind)
    {
        var quality = kind == TokenKind.Word ? OfWord(zone) : OfName(zone);
        return (zone & Zone.Derived) != Zone.None ? quality * 0.85f : quality;
    }

    private static float OfWord(Zone zone)
    {
        if ((zone & Zone.Subject) == Zone.Subject) return 1;
        if ((zone & Zone.Subject) != Zone.None) return 0.96f;
        if ((zone & Zone.Detail) != Zone.None) return 0.88f;
        if ((zone & Zone.Fits) != Zone.None) return 0.75f;
        return (zone & Zone.LeafFits) != Zone.None ? 0.6f : 0.5f;
    }

    private static float OfName(Zone zone)
    {
        if ((zone & Zone.Name) != Zone.None) return 1;
        return (zone & Zone.Leaf) != Zone.None ? 0.9f : 0.55f;
    }
}

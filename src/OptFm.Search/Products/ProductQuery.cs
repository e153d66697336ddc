using System.Runtime.InteropServices;
using OptFm.Search.Text;

namespace OptFm.Search.Products;

/// <summary>A term of the list that a word of a query may mean.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Meaning(int Term, float Quality);

/// <summary>One thing a customer asks for.</summary>
/// <param name="Typed">As it was read, for people.</param>
/// <param name="Weight">How much it says.</param>
/// <param name="Meanings">Empty where the list has nothing like it.</param>
internal sealed record Wish(string Typed, TokenKind Kind, float Weight, Meaning[] Meanings, Repair Repair)
{
    /// <summary>Says little: whoever asks for a case "for a phone" gets one that does not say so.</summary>
    public bool IsSoft { get; init; }

    /// <summary>A telephone or the like, which the goods are for.</summary>
    public bool IsDevice { get; init; }

    /// <summary>Asked to be absent: "без кабеля".</summary>
    public bool IsUnwanted { get; init; }

    public bool IsUnknown => Meanings.Length == 0;

    /// <summary>A word for a thing, or one the list does not know, which may be for another thing.</summary>
    public bool NamesThing { get; init; }

    /// <summary>A Russian word that the list does not know, nor anyone as a topic of its own: "девушка просит".</summary>
    public bool IsTalk { get; init; }

    /// <summary>Whether it is long enough to tell a model by itself: a505f, m1906g7t.</summary>
    public bool IsPartNumber => Kind == TokenKind.Model && Typed.Length >= 5 && Typed.Count(char.IsAsciiDigit) >= 3;

    /// <summary>Numbers and marks that must stand together in one segment of a name.</summary>
    public bool IsOfModel { get; init; }

    /// <summary>What the goods are for: "на велосипед".</summary>
    public bool IsPurpose { get; init; }

    /// <summary>Something to be done, which goods seldom are: "ремонт".</summary>
    public bool IsService { get; init; }

    /// <summary>Talk beside a thing of the list: it is counted, but no product need have it.</summary>
    public bool IsOverheard => IsTalk && IsSoft;
}

/// <summary>Inclusive bounds of a price; null where there is none.</summary>
public sealed record PriceRange(decimal? From, decimal? To)
{
    public bool Holds(decimal price) => !(price < From) && !(price > To);
}

/// <summary>A search as it was understood.</summary>
/// <param name="Code">Digits of a code asked for, with the prefix in front where one was typed; null where none was.</param>
internal sealed record ProductQuery(Wish[] Wishes, PriceRange? Price, (string? Prefix, string Digits)? Code)
{
    /// <summary>Wishes read of one query; the rest of a longer one is ignored.</summary>
    public const int MaxWishes = 24;

    /// <summary>Wishes that "и" joins to the one before: both of one thing, or either of two.</summary>
    public IReadOnlyList<int> Pairs { get; init; } = [];

    /// <summary>Reads "дисплей и аккумулятор" as either.</summary>
    /// <param name="pairs">Those of <see cref="Pairs"/> that no product has both of.</param>
    public ProductQuery Either(IReadOnlyCollection<int> pairs)
    {
        var wishes = new List<Wish>(Wishes.Length);
        for (var i = 0; i < Wishes.Length; i++)
        {
            if (pairs.Contains(i)) wishes[^1] = Either(wishes[^1], Wishes[i]);
            else wishes.Add(Wishes[i]);
        }

        return this with { Wishes = [.. wishes], Pairs = [] };
    }

    private static Wish Either(Wish first, Wish second) =>
        first with { Typed = $"{first.Typed} и {second.Typed}", Weight = Math.Min(first.Weight, second.Weight), Meanings = [.. first.Meanings, .. second.Meanings] };
}

using OptFm.Search.Text;

namespace OptFm.Search.Products;

/// <summary>What tells a right first product from a wrong one, for the calibrated confidence.</summary>
internal enum ProductCue
{
    /// <summary>Always 1.</summary>
    Constant,

    /// <summary>Share of the wishes' weight the first product does not satisfy at all.</summary>
    Missing,

    /// <summary>Share that it satisfies in part: by a synonym, a repair, in a lesser place.</summary>
    Lesser,

    /// <summary>Share in words the list does not know.</summary>
    Unknown,

    /// <summary>Unknown words beside a thing of the list, which may be talk, to the weight of all.</summary>
    Talk,

    /// <summary>A number, a model or a mark is missing, or its numbers stand apart.</summary>
    ModelMissing,

    /// <summary>The first product's marks nobody asked for.</summary>
    Unasked,

    /// <summary>A Latin word, such as a brand, is missing.</summary>
    BrandMissing,

    /// <summary>The query names things, and none of them is what the product is.</summary>
    OtherSubject,

    /// <summary>The query names no thing.</summary>
    NoSubject,

    /// <summary>The query names things, and the product's first noun is none of them: "дисплей планшета" is no tablet.</summary>
    OtherHead,

    /// <summary>Share in words repaired from typos or abbreviations.</summary>
    Repaired,

    /// <summary>1 over the number of wishes.</summary>
    Short,
}

/// <summary>Reads the cues off a ranking.</summary>
internal static class ProductCues
{
    public static readonly int Count = Enum.GetValues<ProductCue>().Length;

    public static float[] Of(ProductQuery query, ProductRanking ranking)
    {
        var cues = new float[Count];
        var first = ranking.Ranked[0];
        float mass = 0, talk = 0, missing = 0, unknown = 0, repaired = 0;
        bool model = first.Fit.Apart > 0, brand = false, names = false, subject = false;
        for (var i = 0; i < query.Wishes.Length; i++)
        {
            var wish = query.Wishes[i];
            if (wish.IsUnwanted) continue;
            if (wish.IsOverheard)
            {
                talk += wish.Weight;
                continue;
            }

            var has = (first.Has & (1u << i)) != 0;
            mass += wish.Weight;
            if (wish.IsUnknown) unknown += wish.Weight;
            if (!has) missing += wish.Weight;
            if (wish.Repair is Repair.Typo) repaired += wish.Weight;
            model |= !has && (wish.IsOfModel || wish.Kind is TokenKind.Measure);
            brand |= !has && wish.Kind == TokenKind.Latin;
            names |= wish.NamesThing;
            subject |= wish.NamesThing && (first.Subject & (1u << i)) != 0;
        }

        var score = first.Score + (first.Fit.Apart > 0 ? 0.2f : 0);
        Set(cues, ProductCue.Constant, 1);
        Set(cues, ProductCue.Missing, missing / mass);
        Set(cues, ProductCue.Lesser, Math.Clamp(1 - score - (missing / mass), 0, 1));
        Set(cues, ProductCue.Unknown, unknown / mass);
        Set(cues, ProductCue.Talk, talk / (mass + talk));
        Set(cues, ProductCue.ModelMissing, model ? 1 : 0);
        Set(cues, ProductCue.Unasked, Math.Min(2, first.Fit.Unasked));
        Set(cues, ProductCue.BrandMissing, brand ? 1 : 0);
        Set(cues, ProductCue.OtherSubject, names && !subject ? 1 : 0);
        Set(cues, ProductCue.NoSubject, names ? 0 : 1);
        Set(cues, ProductCue.OtherHead, names && first.OtherHead ? 1 : 0);
        Set(cues, ProductCue.Repaired, repaired / mass);
        Set(cues, ProductCue.Short, 1f / query.Wishes.Length);
        return cues;
    }

    private static void Set(float[] cues, ProductCue cue, float value) => cues[(int)cue] = value;
}

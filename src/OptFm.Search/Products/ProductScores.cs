using System.Numerics;

namespace OptFm.Search.Products;

/// <summary>Scratch space of one search; reused, so that a search allocates no more than its result.</summary>
internal sealed class ProductScores(int products)
{
    private readonly float[] _sum = new float[products];
    private readonly float[] _best = new float[products];
    private readonly uint[] _has = new uint[products];
    private readonly uint[] _subject = new uint[products];
    private readonly int[] _found = new int[products];
    private readonly int[] _touched = new int[products];
    private int _count;

    /// <summary>Products that satisfy any wish.</summary>
    public ReadOnlySpan<int> Found => _found.AsSpan(0, _count);

    /// <summary>Sum of the weights of the wishes satisfied, each by its quality.</summary>
    public float Sum(int product) => _sum[product];

    /// <summary>Which wishes a product satisfies, a bit for each.</summary>
    public uint Has(int product) => _has[product];

    /// <summary>Which of them say what the product is.</summary>
    public uint Subject(int product) => _subject[product];

    public void Add(int number, Wish wish, ProductIndex index)
    {
        var touched = 0;
        foreach (var meaning in wish.Meanings)
        {
            foreach (var posting in index.Postings[meaning.Term])
            {
                var product = posting >> 8;
                var zone = (Zone)(posting & 0xFF);
                var quality = meaning.Quality * Zones.Quality(zone, wish.Kind);
                if (_best[product] == 0) _touched[touched++] = product;
                if (quality > _best[product]) _best[product] = quality;
                if ((zone & Zone.Subject) != Zone.None) _subject[product] |= 1u << number;
            }
        }

        Settle(number, wish.Weight, touched);
    }

    public void Clear()
    {
        foreach (var product in Found) (_sum[product], _has[product], _subject[product]) = (0, 0, 0);
        _count = 0;
    }

    private void Settle(int number, float weight, int touched)
    {
        for (var i = 0; i < touched; i++)
        {
            var product = _touched[i];
            if (_has[product] == 0) _found[_count++] = product;
            _has[product] |= 1u << number;
            _sum[product] += weight * _best[product];
            _best[product] = 0;
        }
    }

    /// <summary>How many wishes a product satisfies.</summary>
    public int HasCount(int product) => BitOperations.PopCount(_has[product]);
}

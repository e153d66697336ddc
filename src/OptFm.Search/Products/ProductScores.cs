using System.Runtime.InteropServices;

namespace OptFm.Search.Products;

/// <summary>Scratch space of one search, term at a time; reused, so that a search allocates no more than its result.</summary>
internal sealed class ProductScores(int products)
{
    /// <summary>Postings scanned in the time of one looked up.</summary>
    private const int LookUpCost = 24;
    private readonly Score[] _scores = new Score[products];
    private readonly int[] _found = new int[products];
    private readonly int[] _touched = new int[products];
    private int _count;

    /// <summary>Products that satisfy any wish, or of a long list those that may come first.</summary>
    public ReadOnlySpan<int> Found => _found.AsSpan(0, _count);

    /// <summary>Sum of the weights of the wishes satisfied, each by its quality.</summary>
    public float Sum(int product) => _scores[product].Sum;

    /// <summary>Which wishes a product satisfies, a bit for each.</summary>
    public uint Has(int product) => _scores[product].Has;

    /// <summary>Which of them say what the product is.</summary>
    public uint Subject(int product) => _scores[product].Subject;

    /// <param name="isClosed">Whether products that satisfied nothing so far are left out.</param>
    public void Add(int number, Wish wish, ProductIndex index, bool isClosed)
    {
        var touched = 0;
        foreach (var meaning in wish.Meanings)
        {
            var postings = index.Postings[meaning.Term];
            if (!isClosed) touched = Scan(number, meaning, Zones.Table(wish), postings, touched);
            else if ((long)_count * LookUpCost < postings.Length) touched = LookUp(number, meaning, Zones.Table(wish), postings, touched);
            else touched = ScanFound(number, meaning, Zones.Table(wish), postings, touched);
        }

        for (var i = 0; i < touched; i++)
        {
            var product = _touched[i];
            if (_scores[product].Settle(number, wish.Weight)) _found[_count++] = product;
        }
    }

    private int Scan(int number, Meaning meaning, ReadOnlySpan<float> zones, ReadOnlySpan<int> postings, int touched)
    {
        foreach (var posting in postings)
        {
            ref var score = ref _scores[posting >> 8];
            if (score.Best == 0) _touched[touched++] = posting >> 8;
            score.Take(meaning.Quality * zones[posting & 0xFF], posting, 1u << number);
        }

        return touched;
    }

    private int ScanFound(int number, Meaning meaning, ReadOnlySpan<float> zones, ReadOnlySpan<int> postings, int touched)
    {
        foreach (var posting in postings)
        {
            ref var score = ref _scores[posting >> 8];
            if (score.Has == 0) continue;
            if (score.Best == 0) _touched[touched++] = posting >> 8;
            score.Take(meaning.Quality * zones[posting & 0xFF], posting, 1u << number);
        }

        return touched;
    }

    private int LookUp(int number, Meaning meaning, ReadOnlySpan<float> zones, ReadOnlySpan<int> postings, int touched)
    {
        foreach (var product in Found)
        {
            var at = postings.BinarySearch(product << 8);
            if (at < 0) at = ~at;
            if (at == postings.Length || postings[at] >> 8 != product) continue;
            ref var score = ref _scores[product];
            if (score.Best == 0) _touched[touched++] = product;
            score.Take(meaning.Quality * zones[postings[at] & 0xFF], postings[at], 1u << number);
        }

        return touched;
    }

    /// <returns>A lower bound of the sums of the best products, near to the lowest of them; 0 where fewer were found.</returns>
    /// <param name="most">No sum is higher; positive.</param>
    public float SumOfBest(int count, float most)
    {
        const int Steps = 256;
        Span<int> histogram = stackalloc int[Steps + 1];
        foreach (var product in Found) histogram[Math.Min(Steps, (int)(_scores[product].Sum / most * Steps))]++;
        for (var step = Steps; step > 0; step--)
            if ((count -= histogram[step]) <= 0) return most * step / Steps;
        return 0;
    }

    /// <summary>Forgets the products that fail the test.</summary>
    public void Keep(Func<int, float, bool> test)
    {
        var kept = 0;
        foreach (var product in Found)
        {
            if (test(product, _scores[product].Sum)) _found[kept++] = product;
            else _scores[product] = default;
        }

        _count = kept;
    }

    public void Clear()
    {
        foreach (var product in Found) _scores[product] = default;
        _count = 0;
    }

    /// <summary>Side by side, so that a posting touches one line of the cache.</summary>
    [StructLayout(LayoutKind.Auto)]
    private struct Score
    {
        public float Sum;
        public float Best;
        public uint Has;
        public uint Subject;

        /// <summary>One meaning of the wish at hand: the best counts.</summary>
        public void Take(float quality, int posting, uint subject)
        {
            if (quality > Best) Best = quality;
            if (((Zone)posting & Zone.Subject) != Zone.None) Subject |= subject;
        }

        /// <returns>Whether it is the product's first wish.</returns>
        public bool Settle(int number, float weight)
        {
            var isFirst = Has == 0;
            Has |= 1u << number;
            Sum += weight * Best;
            Best = 0;
            return isFirst;
        }
    }
}

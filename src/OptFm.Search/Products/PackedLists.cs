namespace OptFm.Search.Products;

/// <summary>Many lists of numbers in one array: no object for each, and neighbours in memory.</summary>
internal sealed class PackedLists
{
    private readonly int[] _items;
    private readonly int[] _starts;

    private PackedLists(int[] items, int[] starts) => (_items, _starts) = (items, starts);

    public int Count => _starts.Length - 1;

    public ReadOnlySpan<int> this[int list] => _items.AsSpan(_starts[list], _starts[list + 1] - _starts[list]);

    public static PackedLists Of(IReadOnlyList<List<int>> lists)
    {
        var builder = new Builder(lists.Count, lists.Sum(list => list.Count));
        foreach (var list in lists)
        {
            foreach (var item in list) builder.Add(item);
            builder.End();
        }

        return builder.Build();
    }

    /// <summary>Takes the lists one after the other.</summary>
    internal sealed class Builder(int lists, int items = 0)
    {
        private readonly List<int> _items = new(items);
        private readonly List<int> _starts = new(lists + 1) { 0 };

        public void Add(int item) => _items.Add(item);

        /// <summary>What is added from here on is of the next list.</summary>
        public void End() => _starts.Add(_items.Count);

        public PackedLists Build() => new([.. _items], [.. _starts]);
    }
}

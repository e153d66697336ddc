using System.Numerics;

namespace OptFm.Search.Index;

/// <summary>Numbers n-grams in the order they are first met: a hash table with linear probing, for codes that are never zero.</summary>
/// <param name="expected">How many there will be, if known.</param>
internal sealed class GramNumbers(int expected = 0)
{
    private const ulong GoldenRatio = 0x9E37_79B9_7F4A_7C15;
    private ulong[] _codes = new ulong[Size(expected)];
    private int[] _numbers = new int[Size(expected)];

    public int Count { get; private set; }

    /// <returns>Its number, or -1.</returns>
    public int Find(ulong code)
    {
        var slot = Slot(code);
        return _codes[slot] == code ? _numbers[slot] : -1;
    }

    public int Add(ulong code)
    {
        var slot = Slot(code);
        if (_codes[slot] == code) return _numbers[slot];
        if (Count * 2 >= _codes.Length)
        {
            Grow();
            slot = Slot(code);
        }

        (_codes[slot], _numbers[slot]) = (code, Count);
        return Count++;
    }

    private static int Size(int expected) => (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(1024, expected * 2));

    private int Slot(ulong code)
    {
        var mask = _codes.Length - 1;
        var slot = (int)((code * GoldenRatio) >> (64 - BitOperations.Log2((uint)_codes.Length)));
        while (_codes[slot] != code && _codes[slot] != 0) slot = (slot + 1) & mask;
        return slot;
    }

    private void Grow()
    {
        var (codes, numbers) = (_codes, _numbers);
        _codes = new ulong[codes.Length * 2];
        _numbers = new int[codes.Length * 2];
        for (var i = 0; i < codes.Length; i++)
            if (codes[i] != 0) Place(codes[i], numbers[i]);
    }

    private void Place(ulong code, int number)
    {
        var slot = Slot(code);
        (_codes[slot], _numbers[slot]) = (code, number);
    }
}

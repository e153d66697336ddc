using System.Runtime.InteropServices;

namespace OptFm.Search.Index;

/// <summary>
/// Character n-grams within word boundaries, 3 and 4 letters long, each packed into 64 bits so that none collide. One text at a time.
/// </summary>
internal sealed class NgramVector
{
    private ulong[] _codes = new ulong[512];
    private Gram[] _grams = new Gram[512];
    private int _codeCount;
    private int _gramCount;

    /// <param name="Code">Never zero.</param>
    /// <param name="Count">How often it occurs.</param>
    [StructLayout(LayoutKind.Auto)]
    public readonly record struct Gram(ulong Code, int Count)
    {
        /// <summary>What repetition is worth.</summary>
        public float Frequency => Count == 1 ? 1 : 1 + MathF.Log(Count);
    }

    /// <summary>The distinct n-grams of the words, in the order of their codes; valid until the next call.</summary>
    public ReadOnlySpan<Gram> Read(IReadOnlyList<string> words)
    {
        _codeCount = _gramCount = 0;
        for (var i = 0; i < words.Count; i++) Append(words[i]);
        if (_grams.Length < _codeCount) _grams = new Gram[_codes.Length];
        _codes.AsSpan(0, _codeCount).Sort();
        for (var i = 0; i < _codeCount;)
        {
            var end = i + 1;
            while (end < _codeCount && _codes[end] == _codes[i]) end++;
            _grams[_gramCount++] = new Gram(_codes[i], end - i);
            i = end;
        }

        return _grams.AsSpan(0, _gramCount);
    }

    private void Append(string word)
    {
        if (_codeCount + (word.Length * 2) > _codes.Length) Array.Resize(ref _codes, (_codes.Length + word.Length) * 2);
        ulong window = ' ';
        for (var i = 0; i <= word.Length; i++)
        {
            window = (window << 16) | (i < word.Length ? word[i] : ' ');
            if (i >= 1) _codes[_codeCount++] = window & 0xFFFF_FFFF_FFFF;
            if (i >= 2) _codes[_codeCount++] = window;
        }
    }
}

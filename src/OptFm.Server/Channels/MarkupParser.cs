using System.Runtime.InteropServices;
using System.Text;

namespace OptFm.Server.Channels;

/// <summary>
/// One pass over the text with at most one open mark of each kind, so that no text, however hostile, takes more than linear time.
/// A closing mark drops the marks opened inside its pair: they were literal.
/// </summary>
internal sealed class MarkupParser(string source)
{
    private const int LongestUrl = 2048;

    private readonly StringBuilder _plain = new(source.Length);
    private readonly List<Mark> _marks = [];
    private int _at;
    private int _bold = -1;
    private int _italic = -1;
    private int _bracket = -1;

    private enum MarkKind
    {
        Bold,
        Italic,
        Code,
        Link,
    }

    public List<MarkupSpan> Parse()
    {
        while (_at < source.Length) Step();
        return MarkupSpans.From(Pieces());
    }

    private void Step()
    {
        switch (source[_at])
        {
            case '\\' when IsEscape(_at):
                _plain.Append(source[_at + 1]);
                _at += 2;
                break;
            case '*':
                Asterisk();
                break;
            case '`':
                Code();
                break;
            case '[':
                _bracket = Open(MarkKind.Link, 1);
                break;
            case ']' when _bracket >= 0:
                ClosingBracket();
                break;
            default:
                if (source[_at] == '\n' && IsBlankLine()) _bold = _italic = _bracket = -1;
                Literal(1);
                break;
        }
    }

    private bool IsEscape(int at) => source[at] == '\\' && at + 1 < source.Length && char.IsAscii(source[at + 1])
        && (char.IsPunctuation(source[at + 1]) || char.IsSymbol(source[at + 1]));

    private bool IsBlankLine()
    {
        var next = _at + 1;
        if (next < source.Length && source[next] == '\r') next++;
        return next < source.Length && source[next] == '\n';
    }

    private void Asterisk()
    {
        var run = 1;
        while (run < 3 && _at + run < source.Length && source[_at + run] == '*') run++;
        var innermostIsItalic = _italic >= 0 && _italic > _bold;
        if (run == 1 || (run == 3 && innermostIsItalic)) _italic = Emphasis(MarkKind.Italic, _italic, 1);
        else _bold = Emphasis(MarkKind.Bold, _bold, 2);
    }

    /// <returns>The open mark of this kind afterwards, -1 where there is none.</returns>
    private int Emphasis(MarkKind kind, int open, int length)
    {
        if (open >= 0 && _plain.Length > _marks[open].End && !char.IsWhiteSpace(source[_at - 1]))
        {
            Close(open, kind, length);
            return -1;
        }

        var canOpen = open < 0 && _at + length < source.Length && !char.IsWhiteSpace(source[_at + length]);
        if (canOpen) return Open(kind, length);

        Literal(length);
        return open;
    }

    private void Code()
    {
        var end = _at + 1;
        while (end < source.Length && source[end] is not ('`' or '\n')) end += IsEscape(end) ? 2 : 1;
        if (end >= source.Length || source[end] != '`' || end == _at + 1)
        {
            Literal(1);
            return;
        }

        var open = Open(MarkKind.Code, 1);
        while (_at < end)
        {
            if (IsEscape(_at)) _at++;
            Literal(1);
        }

        Close(open, MarkKind.Code, 1);
    }

    private void ClosingBracket()
    {
        var hasText = _plain.Length > _marks[_bracket].End;
        if (!hasText || ReadUrl(out var end) is not { } url)
        {
            Literal(1);
            return;
        }

        Close(_bracket, MarkKind.Link, 1, url);
        _bracket = -1;
        _at = end;
    }

    /// <summary>Brackets inside an address must be escaped: thus every address is scanned once only.</summary>
    private string? ReadUrl(out int end)
    {
        var url = new StringBuilder();
        end = _at + 2;
        if (_at + 1 >= source.Length || source[_at + 1] != '(') return null;

        for (; end < source.Length && url.Length <= LongestUrl; end++)
        {
            var c = source[end];
            if (c == ')')
            {
                end++;
                return IsWebAddress(url.ToString()) ? url.ToString() : null;
            }

            if (c is '[' or ']' or '(' || char.IsWhiteSpace(c) || char.IsControl(c)) return null;
            if (c == '\\' && end + 1 < source.Length) c = source[++end];
            url.Append(c);
        }

        return null;
    }

    private static bool IsWebAddress(string url) =>
        url.Length <= LongestUrl && !url.Any(c => char.IsWhiteSpace(c) || char.IsControl(c))
        && Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
        && url.StartsWith("http", StringComparison.OrdinalIgnoreCase);

    private void Literal(int length)
    {
        _plain.Append(source, _at, length);
        _at += length;
    }

    private int Open(MarkKind kind, int length)
    {
        _marks.Add(new Mark(kind, _plain.Length, length));
        Literal(length);
        return _marks.Count - 1;
    }

    private void Close(int open, MarkKind kind, int length, string? url = null)
    {
        _marks.Add(new Mark(kind, _plain.Length, length) { Closes = true });
        Literal(length);
        CollectionsMarshal.AsSpan(_marks)[open].Opens = true;
        CollectionsMarshal.AsSpan(_marks)[open].Url = url;
        if (_bold > open) _bold = -1;
        if (_italic > open) _italic = -1;
        if (_bracket > open) _bracket = -1;
    }

    private IEnumerable<MarkupSpan> Pieces()
    {
        var plain = _plain.ToString();
        var style = MarkupStyle.None;
        string? url = null;
        var from = 0;
        foreach (var mark in _marks.Where(m => m.Opens || m.Closes))
        {
            if (mark.Start > from) yield return new MarkupSpan(plain[from..mark.Start], style, url);
            from = mark.End;
            if (mark.Kind == MarkKind.Link) url = mark.Url;
            else style ^= StyleOf(mark.Kind);
        }

        if (from < plain.Length) yield return new MarkupSpan(plain[from..], style, url);
    }

    private static MarkupStyle StyleOf(MarkKind kind) => kind switch
    {
        MarkKind.Bold => MarkupStyle.Bold,
        MarkKind.Italic => MarkupStyle.Italic,
        _ => MarkupStyle.Code,
    };

    /// <summary>A mark's characters in the plain text: they stay there unless the mark finds its partner.</summary>
    private record struct Mark(MarkKind Kind, int Start, int Length)
    {
        public bool Opens { get; set; }

        public bool Closes { get; set; }

        public string? Url { get; set; }

        public readonly int End => Start + Length;
    }
}

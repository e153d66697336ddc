using System.Buffers;
using System.Text;

namespace OptFm.Server.Settings;

/// <summary>One line of a <c>.env</c> file that sets something.</summary>
internal sealed record EnvironmentLine(string Name, string Value)
{
    private static readonly SearchValues<char> NameLetters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-");

    private static readonly Problem NoName = new("", "is not of the form NAME=value", "не вида ИМЯ=значение");
    private static readonly Problem OpenQuote = new("", "opens a quote that does not end on the same line", "открывает кавычку, которая не закрыта в той же строке");
    private static readonly Problem AfterQuote = new("", "has something after the closing quote", "содержит что-то после закрывающей кавычки");
    private static readonly Problem Control = new("", "holds a control character", "содержит управляющий символ");

    /// <summary>Reads one line.</summary>
    /// <param name="parsed">Null for a blank line and for a comment.</param>
    /// <returns>What is wrong, without quoting the line: it may hold a secret.</returns>
    public static Problem? Parse(string line, out EnvironmentLine? parsed)
    {
        parsed = null;
        line = line.Trim();
        if (line.Length == 0 || line[0] == '#') return null;
        if (line.Any(c => char.IsControl(c) && c != '\t')) return Control;

        var equals = line.IndexOf('=');
        if (equals < 0) return NoName;
        var name = WithoutExport(line[..equals]).Trim();
        if (name.Length == 0 || name.AsSpan().ContainsAnyExcept(NameLetters)) return NoName;

        var problem = ReadValue(line[(equals + 1)..], out var value);
        if (problem is null) parsed = new(name, value);
        return problem;
    }

    private static string WithoutExport(string name) =>
        name.StartsWith("export", StringComparison.Ordinal) && name.Length > 6 && char.IsWhiteSpace(name[6]) ? name[6..] : name;

    private static Problem? ReadValue(string rest, out string value)
    {
        var text = rest.TrimStart();
        if (text.Length > 0 && text[0] is '"' or '\'') return ReadQuoted(text, out value);

        value = rest;
        for (var i = 1; i < rest.Length; i++)
        {
            // A '#' begins a comment only after a blank: secrets may hold one.
            if (rest[i] != '#' || !char.IsWhiteSpace(rest[i - 1])) continue;
            value = rest[..i];
            break;
        }

        value = value.Trim();
        return null;
    }

    private static Problem? ReadQuoted(string text, out string value)
    {
        var quote = text[0];
        var unquoted = new StringBuilder();
        value = "";
        for (var i = 1; i < text.Length; i++)
        {
            if (text[i] == quote) return Finish(text[(i + 1)..], unquoted, out value);
            if (text[i] == '\\' && i + 1 < text.Length) AppendEscape(unquoted, quote, text[++i]);
            else unquoted.Append(text[i]);
        }

        return OpenQuote;
    }

    private static Problem? Finish(string after, StringBuilder unquoted, out string value)
    {
        value = unquoted.ToString();
        after = after.TrimStart();
        return after.Length == 0 || after[0] == '#' ? null : AfterQuote;
    }

    private static void AppendEscape(StringBuilder unquoted, char quote, char escaped)
    {
        if (escaped == '\\' || escaped == quote) unquoted.Append(escaped);
        else if (quote == '"' && escaped is 'n' or 'r' or 't') unquoted.Append(escaped switch { 'n' => '\n', 'r' => '\r', _ => '\t' });
        else unquoted.Append('\\').Append(escaped);
    }
}

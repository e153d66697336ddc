using System.Buffers;
using System.Text;
using OptFm.Server.Settings;

namespace OptFm.Server.Setup;

/// <summary>Changes values in the text of a file of settings and leaves all else as the administrator wrote it: order, comments, blank lines.</summary>
internal static class SettingsFileEdit
{
    private static readonly SearchValues<char> Plain =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.,:/@+=%~");

    /// <param name="text">The file as it is.</param>
    /// <param name="values">What it shall say; a name that says so already stays as it is written.</param>
    public static string Apply(string text, IEnumerable<KeyValuePair<string, string>> values)
    {
        var lines = text.Split('\n').ToList();
        foreach (var (name, value) in values) Set(lines, name, value);
        return string.Join('\n', lines);
    }

    private static void Set(List<string> lines, string name, string value)
    {
        // The last one counts, as everywhere.
        for (var i = lines.Count - 1; i >= 0; i--)
        {
            if (EnvironmentLine.Parse(Start(lines[i]), out var line) is not null || line?.Name != name) continue;
            if (line.Value != value) lines[i] = Changed(lines[i], value);
            return;
        }

        Append(lines, name, value);
    }

    private static void Append(List<string> lines, string name, string value)
    {
        var end = lines.Any(line => line.EndsWith('\r')) ? "\r" : "";
        if (lines[^1].Trim('\uFEFF').Length > 0)
        {
            lines[^1] = lines[^1].TrimEnd('\r') + end;
            lines.Add("");
        }

        lines.Insert(lines.Count - 1, $"{name}={Quoted(value)}{end}");
        // A byte order mark stays where it was: at the front.
        if (lines.Count == 2 && lines[1].StartsWith('\uFEFF')) (lines[0], lines[1]) = ('\uFEFF' + lines[0], "");
    }

    private static string Changed(string line, string value)
    {
        var equals = line.IndexOf('=');
        return $"{line[..equals]}={Quoted(value)}{Remark(line[(equals + 1)..])}{(line.EndsWith('\r') ? "\r" : "")}";
    }

    /// <summary>The comment at the end of the line, with a blank before it.</summary>
    private static string Remark(string rest)
    {
        rest = rest.TrimEnd();
        var start = AfterQuotes(rest);
        for (var i = Math.Max(start, 1); i < rest.Length; i++)
        {
            if (rest[i] == '#' && (char.IsWhiteSpace(rest[i - 1]) || (start > 0 && i == start))) return $" {rest[i..]}";
        }

        return "";
    }

    /// <returns>Where a quoted value ends; 0 for one that is not quoted.</returns>
    private static int AfterQuotes(string rest)
    {
        var start = rest.Length - rest.TrimStart().Length;
        if (start == rest.Length || rest[start] is not ('"' or '\'')) return 0;
        for (var i = start + 1; i < rest.Length; i++)
        {
            if (rest[i] == '\\') i++;
            else if (rest[i] == rest[start]) return i + 1;
        }

        return rest.Length;
    }

    /// <summary>As this program reads it, and systemd as well: https://www.freedesktop.org/software/systemd/man/systemd.exec.html#EnvironmentFile=</summary>
    private static string Quoted(string value)
    {
        if (!value.AsSpan().ContainsAnyExcept(Plain)) return value;

        var quoted = new StringBuilder("\"");
        foreach (var c in value)
        {
            if (c is '"' or '\\') quoted.Append('\\');
            quoted.Append(c);
        }

        return quoted.Append('"').ToString();
    }

    private static string Start(string line) => line.TrimStart('\uFEFF');
}

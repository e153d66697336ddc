namespace OptFm.Server.Channels;

/// <summary>Holds the surface of the neutral markup until the real one is merged over this file.</summary>
public static class Markup
{
    public static string Escape(string text) =>
        string.Concat(text.Select(c => c is '\\' or '*' or '`' or '[' or ']' ? $"\\{c}" : c.ToString()));

    public static string ToPlain(string text) => text.Replace("**", "");
}

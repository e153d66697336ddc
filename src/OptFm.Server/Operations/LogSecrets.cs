using System.Buffers;
using System.Text.Json;

namespace OptFm.Server.Operations;

/// <summary>The last line of defence: whatever is logged, the secrets this server knows are not in it.</summary>
public sealed class LogSecrets
{
    /// <summary>Shorter ones are not looked for: replacing them would make the log unreadable and tell their letters.</summary>
    public const int Shortest = 4;

    private const string Mask = "***";

    private readonly string[] _forms;
    private readonly SearchValues<string> _any;

    /// <param name="secrets">Tokens, webhook secrets, passwords, as they are used.</param>
    public LogSecrets(IEnumerable<string> secrets)
    {
        // Longest first: one secret may be a part of another.
        _forms = [.. secrets.SelectMany(Forms).Where(form => form.Length >= Shortest).Distinct(StringComparer.Ordinal).OrderByDescending(form => form.Length)];
        _any = SearchValues.Create(_forms, StringComparison.Ordinal);
    }

    public string Hide(string text)
    {
        if (_forms.Length == 0 || !text.AsSpan().ContainsAny(_any)) return text;

        foreach (var form in _forms) text = text.Replace(form, Mask, StringComparison.Ordinal);
        return text;
    }

    private static IEnumerable<string> Forms(string secret)
    {
        yield return secret;
        yield return Uri.EscapeDataString(secret);
        yield return JsonEncodedText.Encode(secret).ToString();
        // Telegram's token is "bot id:secret"; the second half alone is as good as the whole.
        var colon = secret.IndexOf(':');
        if (colon >= 0 && secret.Length - colon > 16) yield return secret[(colon + 1)..];
    }
}

using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;

namespace OptFm.Server.Channels;

/// <summary>Makes a keyboard that the messenger will take: one wrong button must not cost the customer the whole reply.</summary>
public static class KeyboardFit
{
    private const int LongestUrl = 2048;

    /// <returns>Null when no button is left. Buttons beyond a row's width move to a row of their own.</returns>
    public static Keyboard? Fit(Keyboard? keyboard, ChannelLimits limits, ILogger log)
    {
        if (keyboard is null) return null;

        var rows = new List<IReadOnlyList<Button>>();
        var left = limits.Buttons;
        foreach (var row in keyboard.Rows)
        {
            var buttons = row.Where(b => IsPossible(b, limits, log)).Take(left).Select(b => b with { Text = Label(b.Text, limits.ButtonText) }).ToList();
            left -= buttons.Count;
            var width = buttons.Exists(b => b.Url is not null) ? Math.Min(limits.ButtonsPerRow, limits.ButtonsPerRowWithLink) : limits.ButtonsPerRow;
            rows.AddRange(buttons.Chunk(width));
        }

        var most = rows.Take(limits.KeyboardRows).ToList();
        var dropped = keyboard.Rows.Sum(r => r.Count) - most.Sum(r => r.Count);
        if (dropped > 0) log.LogWarning("{Dropped} buttons were left out: the messenger would refuse them", dropped);
        return most.Count == 0 ? null : new Keyboard(most);
    }

    /// <summary>Cuts between graphemes and says so with an ellipsis.</summary>
    public static string Label(string text, int longest)
    {
        var label = WellFormed.Text(text.ReplaceLineEndings(" ").Trim());
        if (label.Length <= longest) return label;

        var end = 0;
        while (end < longest)
        {
            var next = end + StringInfo.GetNextTextElementLength(label.AsSpan(end));
            if (next > longest - 1) break;
            end = next;
        }

        return string.Concat(label.AsSpan(0, end).TrimEnd(), "…");
    }

    private static bool IsPossible(Button button, ChannelLimits limits, ILogger log)
    {
        var problem = Problem(button, limits);
        if (problem is not null) log.LogWarning("A button was left out: {Problem}", problem);
        return problem is null;
    }

    private static string? Problem(Button button, ChannelLimits limits)
    {
        if (string.IsNullOrWhiteSpace(button.Text)) return "it has no label";
        if (button.Payload is null == button.Url is null) return "it needs either a payload or an address";
        if (button.Url is { } url) return IsAddress(url) ? null : "its address is not http(s) or too long";
        if (button.Payload!.Length == 0) return "its payload is empty";

        var bytes = Encoding.UTF8.GetByteCount(button.Payload);
        return bytes > limits.PayloadBytes ? $"its payload takes {bytes} bytes of {limits.PayloadBytes}" : null;
    }

    private static bool IsAddress(string url) => url.Length <= LongestUrl
        && Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https";
}

using System.Text;

namespace OptFm.EndToEnd.Tests.Hostile;

/// <summary>Spoils valid JSON in the ways that programs, networks and enemies do.</summary>
internal sealed class Mutations(Random random)
{
    private static readonly string[] Values =
    [
        "null", "true", "[]", "{}", "-1", "0.1", "1e999", "-1e-999", "99999999999999999999999999999999", "9223372036854775808", "\"\"", "\" \"",
        "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\\u0000\"", "\"\\u202e\\ufeff\"", "[[[[[[[[]]]]]]]]", "{\"id\":{\"id\":{}}}", "NaN", "'x'", "\"x", "\\", "01",
        "\"\U0001F600\"", "\"../../etc/passwd\"", "\"'; DROP TABLE inbox; --\"",
    ];

    public byte[] Spoil(string sample)
    {
        var body = Encoding.UTF8.GetBytes(sample);
        for (var times = random.Next(1, 4); times > 0; times--) body = Once(body);
        return body;
    }

    private byte[] Once(byte[] body)
    {
        if (body.Length == 0) return [(byte)random.Next(256)];
        var at = random.Next(body.Length);
        return random.Next(14) switch
        {
            0 => body[..at],
            1 => body[at..],
            2 => With(body, at, at + 1, [(byte)random.Next(256)]),
            3 => With(body, at, at, RandomBytes()),
            4 => With(body, at, Math.Min(body.Length, at + random.Next(1, 20)), []),
            5 => With(body, at, at, body[at..Math.Min(body.Length, at + random.Next(1, 80))]),
            6 => Widen(body, at),
            7 or 8 => RepeatMember(body),
            _ => ReplaceValue(body),
        };
    }

    /// <summary>Another value after some colon: wrong types, numbers out of range, halves of surrogate pairs.</summary>
    private byte[] ReplaceValue(byte[] body)
    {
        var text = Encoding.UTF8.GetString(body);
        var colons = Enumerable.Range(0, text.Length).Where(i => text[i] == ':').ToList();
        if (colons.Count == 0) return body;
        var from = colons[random.Next(colons.Count)] + 1;
        var to = text.AsSpan(from).IndexOfAny(",}]");
        var end = to < 0 ? text.Length : from + to;
        return Encoding.UTF8.GetBytes(string.Concat(text.AsSpan(0, from), Values[random.Next(Values.Length)], text.AsSpan(end)));
    }

    /// <summary>The same key again with another value.</summary>
    private byte[] RepeatMember(byte[] body)
    {
        string[] keys = ["message", "chat", "id", "from", "text", "update_id", "callback_query", "webhook_url"];
        var member = $"\"{keys[random.Next(keys.Length)]}\":{Values[random.Next(Values.Length)]},";
        var brace = Array.IndexOf(body, (byte)'{', random.Next(body.Length));
        return brace < 0 ? body : With(body, brace + 1, brace + 1, Encoding.UTF8.GetBytes(member));
    }

    /// <summary>A few kilobytes of one thing: depth, digits, escapes, broken UTF-8.</summary>
    private byte[] Widen(byte[] body, int at)
    {
        string[] pieces = ["[", "{\"a\":", "9", "\\u0041", "\\ud83d", "\"", "я", " ", "\n", "\0"];
        var piece = random.Next(pieces.Length + 1);
        var bytes = piece == pieces.Length ? [0xC3, 0x28, 0xFF] : Encoding.UTF8.GetBytes(pieces[piece]);
        return With(body, at, at, [.. Enumerable.Repeat(bytes, random.Next(1, 2000)).SelectMany(b => b)]);
    }

    private byte[] RandomBytes()
    {
        var bytes = new byte[random.Next(1, 40)];
        random.NextBytes(bytes);
        return bytes;
    }

    private static byte[] With(byte[] body, int from, int to, byte[] middle) => [.. body[..from], .. middle, .. body[to..]];
}

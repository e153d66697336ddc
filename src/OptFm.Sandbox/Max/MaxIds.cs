using System.Globalization;

namespace OptFm.Sandbox.Max;

/// <summary>Makes ids in MAX's shapes. <c>seq</c> is the time in ms shifted by 16 bits, far beyond 2^53; a mid is the chat and the seq in hex.</summary>
internal sealed class MaxIds(Random random, TimeProvider time)
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
    private readonly Lock gate = new();
    private long last;

    internal long NextSeq()
    {
        lock (gate)
        {
            last = Math.Max(last + 1, time.GetUtcNow().ToUnixTimeMilliseconds() << 16);
            return last;
        }
    }

    internal static string Mid(string chat, long seq) => string.Create(CultureInfo.InvariantCulture, $"mid.{ChatNumber(chat):x16}{seq:x16}");

    internal string NextCallbackId()
    {
        lock (gate) return string.Create(88, random, static (span, source) =>
        {
            for (var i = 0; i < span.Length; i++) span[i] = Alphabet[source.Next(Alphabet.Length)];
        });
    }

    internal static long ChatNumber(string chat) => long.TryParse(chat, CultureInfo.InvariantCulture, out var number) ? number : 0;

    /// <summary>The person behind a dialog, where a test does not name one.</summary>
    internal static string UserOf(string chat) => string.Create(CultureInfo.InvariantCulture, $"{Math.Abs(ChatNumber(chat)) + 1_000_000}");
}

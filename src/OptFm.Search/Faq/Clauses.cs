using System.Collections.Frozen;
using OptFm.Search.Text;

namespace OptFm.Search.Faq;

/// <summary>
/// Cuts a message into clauses where people put one question behind another: at the end of a sentence or line, at the number of a list,
/// and at a comma, "и", "а ещё", "также" before a word that asks.
/// </summary>
internal static class Clauses
{
    /// <summary>Of one message: who asks more is answered in part, and work stays bounded.</summary>
    private const int Most = 8;
    private const int LongestMark = 2;
    private static readonly char[] Marks = [',', '.', '!', '?', ';', ':', '(', ')', '"', '«', '»', '-', '—', ' '];

    private static readonly FrozenSet<string> Asking = Words("""
        как какой какая какое какие каких каким какую какого какому каком сколько скольки скольких когда где куда откуда кто кому кого чем
        почему зачем отчего можно нельзя есть ли возможно
        """);

    private static readonly FrozenSet<string> Requests = Words("подскажите подскажи расскажите расскажи скажите скажи объясните интересует интересно");
    private static readonly FrozenSet<string> Joints = Words("и а еще также плюс заодно кстати потом");
    private static readonly FrozenSet<string> Prepositions = Words("в во до от с со на за из к по через при для о об");

    /// <summary>Second person plural, as customers address a shop: "принимаете", "возите".</summary>
    private static readonly string[] AddressEndings = ["аете", "яете", "уете", "юете", "еете", "ите"];

    /// <summary>A run of characters between spaces, and the word in it, normalised.</summary>
    private sealed record Piece(string Typed, string Word);

    /// <returns>The clauses that ask something, in order.</returns>
    public static List<string> Questions(string message)
    {
        var questions = new List<string>();
        foreach (var sentence in Sentences(message[..Math.Min(message.Length, Normalisation.MaxLength)]))
        {
            foreach (var clause in Split(sentence))
                if (IsQuestion(clause) && questions.Count < Most) questions.Add(string.Join(' ', clause.Select(piece => piece.Typed)));
        }

        return questions;
    }

    /// <summary>Sentences as pieces between spaces; the mark that ends one stays at its last piece.</summary>
    private static IEnumerable<List<Piece>> Sentences(string message)
    {
        foreach (var line in message.Split('\n'))
        {
            var sentence = new List<Piece>();
            foreach (var typed in line.Split((char[])[' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries))
            {
                var isMark = IsListMark(typed);
                if (!isMark) sentence.Add(new(typed, Normalisation.Apply(typed).Trim(Marks)));
                if (sentence.Count == 0 || !(isMark || typed[^1] is '.' or '!' or '?' or ';')) continue;
                yield return sentence;
                sentence = [];
            }

            if (sentence.Count > 0) yield return sentence;
        }
    }

    /// <summary>"1." and "2)".</summary>
    private static bool IsListMark(string typed)
    {
        var number = typed.TrimEnd('.', ')');
        return number.Length is > 0 and <= LongestMark && number.Length < typed.Length && number.All(char.IsAsciiDigit);
    }

    private static IEnumerable<List<Piece>> Split(List<Piece> sentence)
    {
        var start = 0;
        for (var i = 1; i < sentence.Count; i++)
        {
            if (!IsJoint(sentence, i)) continue;
            yield return sentence[start..i];
            start = i;
        }

        yield return sentence[start..];
    }

    /// <summary>Whether a new clause begins here: a comma or a joining word before, and a word that asks.</summary>
    private static bool IsJoint(List<Piece> sentence, int at)
    {
        var isParted = sentence[at - 1].Typed[^1] is ',' or ':' or '-' or '—';
        if (!isParted && (!Joints.Contains(sentence[at].Word) || Joints.Contains(sentence[at - 1].Word))) return false;
        while (at < sentence.Count && (Joints.Contains(sentence[at].Word) || Requests.Contains(sentence[at].Word))) at++;
        return Asks(sentence, at);
    }

    private static bool Asks(List<Piece> words, int at)
    {
        if (at < words.Count && Prepositions.Contains(words[at].Word)) at++;
        if (at >= words.Count) return false;
        return Asking.Contains(words[at].Word) || IsAddress(words[at].Word) || (at + 1 < words.Count && words[at + 1].Word == "ли");
    }

    private static bool IsAddress(string word) =>
        word.Length > 4 && !Requests.Contains(word) && AddressEndings.Any(ending => word.EndsWith(ending, StringComparison.Ordinal));

    /// <summary>What is typed in Latin letters, by translit or in the other layout, is not judged by its words.</summary>
    private static bool IsQuestion(List<Piece> clause) =>
        clause[^1].Typed.EndsWith('?') || !clause.Exists(piece => Scripts.AnyCyrillic(piece.Word)) || clause.Exists(piece => Asking.Contains(piece.Word) || Requests.Contains(piece.Word) || IsAddress(piece.Word));

    private static FrozenSet<string> Words(string list) => list.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
}

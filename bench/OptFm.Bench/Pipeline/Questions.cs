using System.Text.Json;

namespace OptFm.Bench.Pipeline;

/// <summary>
/// What customers ask: the FAQ's own questions, so that the bot has an answer of its own to each and a reply tells which question it answers.
/// Every chat asks them in the same circle, each chat starting elsewhere.
/// </summary>
public sealed class Questions
{
    private readonly Dictionary<int, int> _byReply = [];

    private Questions(string[] texts) => Texts = texts;

    public string[] Texts { get; }

    public int Count => Texts.Length;

    /// <exception cref="BenchException">The FAQ is not there.</exception>
    public static Questions Of(FileInfo server)
    {
        var file = Path.Combine(server.DirectoryName!, "data", "faq.json");
        if (!File.Exists(file)) throw new BenchException($"{file} is absent: run ./dev build");

        using var faq = JsonDocument.Parse(File.ReadAllBytes(file));
        return new([.. faq.RootElement.EnumerateArray().Select(entry => entry.GetProperty("question").GetString()!).Distinct(StringComparer.Ordinal)]);
    }

    /// <summary>Which question a chat asks as its <paramref name="turn"/>-th, both from 0.</summary>
    public int Asked(int chat, int turn) => (chat + turn) % Count;

    /// <summary>As which turn a chat asks the question.</summary>
    public int Turn(int chat, int question) => (question - chat % Count + Count) % Count;

    /// <summary>Remembers how the bot answers a question.</summary>
    /// <param name="reply">A hash of the whole call to the messenger.</param>
    /// <exception cref="BenchException">It answers another question so already.</exception>
    public void Learn(int question, int reply)
    {
        if (!_byReply.TryAdd(reply, question) && _byReply[reply] != question)
            throw new BenchException($"The bot answers '{Texts[question]}' and '{Texts[_byReply[reply]]}' alike: the order of replies could not be told");
    }

    /// <returns>The question that is answered so, or null.</returns>
    public int? AnsweredBy(int reply) => _byReply.TryGetValue(reply, out var question) ? question : null;
}

using OptFm.Bench.Pipeline;
using OptFm.Sandbox;
using OptFm.Sandbox.Records;

namespace OptFm.Bench.Chaos.Crowd;

/// <summary>Asks every question once while nothing goes wrong, to know each reply again when it is seen.</summary>
internal sealed class Lessons
{
    private const string LessonChats = "9000";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Lock _gate = new();
    private readonly Dictionary<(Messenger, string Chat), string> _replies = [];
    private readonly Dictionary<(Messenger, string Reply), string> _questions = [];

    /// <summary>Questions that each messenger's bot answers as no other.</summary>
    public IReadOnlyList<string> Questions { get; private set; } = [];

    public static bool IsLesson(string chat) => chat.StartsWith(LessonChats, StringComparison.Ordinal);

    public string? QuestionOf(Messenger messenger, string reply) => _questions.GetValueOrDefault((messenger, reply));

    /// <exception cref="BenchException">The bot does not answer.</exception>
    public async Task LearnAsync(SandboxServer sandbox, IReadOnlyList<string> questions, RunClock clock, CancellationToken stop)
    {
        sandbox.Log.Sent.OnAdded = Hear;
        foreach (var messenger in World.Messengers)
        {
            for (var i = 0; i < questions.Count; i++) await sandbox[messenger].CustomerSaysAsync($"{LessonChats}{i}", questions[i]);
        }

        for (var until = clock.Now + Patience; Heard < questions.Count * World.Messengers.Count;)
        {
            if (clock.Now > until) throw new BenchException($"The bot answered only {Heard} of {questions.Count * World.Messengers.Count} questions");
            await Task.Delay(TimeSpan.FromMilliseconds(100), clock.Time, stop);
        }

        Keep(questions);
    }

    private int Heard
    {
        get
        {
            lock (_gate) return _replies.Count;
        }
    }

    private void Hear(SentMessage message)
    {
        lock (_gate) _replies.TryAdd((message.Messenger, message.Chat), message.Text);
    }

    /// <summary>An answer that does not quote its question is a guess between several, and may be another one next time.</summary>
    private void Keep(IReadOnlyList<string> questions)
    {
        var sure = new List<string>();
        for (var i = 0; i < questions.Count; i++)
        {
            var replies = World.Messengers.Select(messenger => (messenger, Text: _replies[(messenger, $"{LessonChats}{i}")])).ToList();
            if (!replies.TrueForAll(reply => reply.Text.Contains(questions[i], StringComparison.Ordinal) && !_questions.ContainsKey(reply))) continue;

            foreach (var reply in replies) _questions.Add(reply, questions[i]);
            sure.Add(questions[i]);
        }

        if (sure.Count < 10) throw new BenchException($"Only {sure.Count} questions have an answer of their own");
        Questions = sure;
    }
}

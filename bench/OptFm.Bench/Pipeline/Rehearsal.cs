namespace OptFm.Bench.Pipeline;

/// <summary>Asks every question once in a chat apart, to know each reply when it is seen again.</summary>
public sealed class Rehearsal(Questions questions, FakeMax max, ServerUnderTest server) : IDisposable
{
    /// <summary>The messenger's id of the chat.</summary>
    public const long Chat = 1_000_000_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _heard = new(0);
    private int _reply;

    /// <summary>As which turn the chat asks the first question: more than once asked, it goes on where it was.</summary>
    public int FirstTurn { get; init; }

    /// <exception cref="BenchException">A question got no answer, or the same as another.</exception>
    public void Run()
    {
        max.Tell(Hear);
        using var http = HttpConnection.To(server.Address, Patience);
        var requests = new UpdateRequests(questions);
        for (var question = 0; question < questions.Count; question++)
        {
            http.Send(requests.Of(Chat, FirstTurn + question, question));
            if (!http.Read(out _) || !_heard.Wait(Patience)) throw new BenchException($"The bot does not answer '{questions.Texts[question]}'");
            questions.Learn(question, _reply);
        }
    }

    /// <summary>A reply may still come: of what a node was sending when it was killed nobody knows the outcome, and the next one sends it again.</summary>
    public void Dispose()
    {
        max.Tell((_, _) => { });
        _heard.Dispose();
    }

    private void Hear(long chat, int reply)
    {
        _reply = reply;
        _heard.Release();
    }
}

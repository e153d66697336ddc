using System.Diagnostics;

namespace OptFm.Bench.Pipeline;

/// <summary>Who asked what, and what came back. Chats are numbered from 0, their turns too.</summary>
/// <param name="questions">What is asked.</param>
/// <param name="chats">How many chats.</param>
/// <param name="firstId">The messenger's id of chat 0.</param>
/// <param name="stride">From the id of a chat to that of the next.</param>
/// <param name="firstTurn">As which turn the messenger knows turn 0: chats that were asked before go on after it.</param>
public sealed class Ledger(Questions questions, int chats, long firstId, long stride = 1, int firstTurn = 0)
{
    private readonly Lock _guard = new();
    private readonly bool[] _acknowledged = new bool[chats * questions.Count];
    private readonly int[] _replies = new int[chats * questions.Count];
    private readonly int[] _latest = new int[chats];

    public int Chats => chats;

    public int FirstTurn => firstTurn;

    public int Replies { get; private set; }

    public int Duplicated { get; private set; }

    public int Reordered { get; private set; }

    public int Unexpected { get; private set; }

    /// <summary>When the latest reply came, a timestamp of <see cref="Stopwatch"/>.</summary>
    public long LastReplyAt { get; private set; }

    public int Lost => _acknowledged.Zip(_replies).Count(turn => turn is { First: true, Second: 0 });

    public long IdOf(int chat) => firstId + chat * stride;

    /// <summary>Called by one thread for each chat.</summary>
    public void Acknowledged(int chat, int turn) => _acknowledged[chat * questions.Count + turn] = true;

    public void Replied(long id, int reply)
    {
        lock (_guard)
        {
            LastReplyAt = Stopwatch.GetTimestamp();
            var (chat, between) = Math.DivRem(id - firstId, stride);
            if (between == 0 && chat >= 0 && chat < chats && questions.AnsweredBy(reply) is { } question) Count((int)chat, question);
            else Unexpected++;
        }
    }

    private void Count(int chat, int question)
    {
        var turn = questions.Turn(chat, question);
        if (++_replies[chat * questions.Count + turn] > 1)
        {
            Duplicated++;
            return;
        }

        Replies++;
        if (turn < _latest[chat]) Reordered++;
        _latest[chat] = Math.Max(_latest[chat], turn);
    }
}

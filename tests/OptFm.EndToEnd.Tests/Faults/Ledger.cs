using OptFm.Sandbox.Records;

namespace OptFm.EndToEnd.Tests.Faults;

/// <summary>
/// The truth, kept outside the system under test: what it promised to answer, chat by chat in order, and what the messenger received.
/// </summary>
internal sealed class Ledger
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, ChatRecord> _chats = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _allAnswered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource? _alarm;
    private int _untilAlarm;
    private int _life;
    private int _promised;
    private int _answered;
    private bool _closed;

    /// <summary>The server acknowledged a question of the chat, or the messenger kept it for the server to fetch.</summary>
    public void Promise(string chat, string reply)
    {
        lock (_gate)
        {
            Of(chat).Promised.Add(reply);
            _promised++;
            Tick();
        }
    }

    /// <summary>The messenger received a reply.</summary>
    public void Receive(SentMessage message)
    {
        // A kill right after the lessons may repeat one of them; nothing is promised there.
        if (Prompts.IsLesson(message.Chat)) return;

        lock (_gate)
        {
            var received = Of(message.Chat).Received;
            if (received.Count == 0 || received[^1].Text != message.Text) _answered++;
            received.Add(new(message.Text, _life));
            Tick();
            CheckComplete();
        }
    }

    /// <summary>From now on another process serves: a send that was under way has an unknown outcome.</summary>
    public void NextLife()
    {
        lock (_gate) _life++;
    }

    /// <summary>Completes at the given number of further events, in the middle of the last one.</summary>
    public Task After(int events)
    {
        lock (_gate)
        {
            _untilAlarm = events;
            _alarm = new(TaskCreationOptions.RunContinuationsAsynchronously);
            return _alarm.Task;
        }
    }

    /// <summary>No more promises come; completes when each has its reply.</summary>
    public async Task AllAnsweredAsync(TimeSpan patience)
    {
        lock (_gate)
        {
            _closed = true;
            CheckComplete();
        }

        await Task.WhenAny(_allAnswered.Task, Task.Delay(patience, TimeProvider.System));
    }

    /// <summary>What became of all promises.</summary>
    public Account Settle()
    {
        lock (_gate)
        {
            var account = new Account { Promised = _promised };
            foreach (var (chat, record) in _chats) record.AddTo(account, chat);
            return account;
        }
    }

    private ChatRecord Of(string chat)
    {
        if (!_chats.TryGetValue(chat, out var record)) _chats[chat] = record = new();
        return record;
    }

    private void Tick()
    {
        if (_alarm is not null && --_untilAlarm <= 0) _alarm.TrySetResult();
    }

    private void CheckComplete()
    {
        if (_closed && _answered >= _promised) _allAnswered.TrySetResult();
    }

    private sealed record Received(string Text, int Life);

    private sealed class ChatRecord
    {
        public List<string> Promised { get; } = [];

        public List<Received> Received { get; } = [];

        public void AddTo(Account account, string chat)
        {
            var once = new List<string>();
            for (var i = 0; i < Received.Count; i++)
            {
                if (i == 0 || Received[i].Text != Received[i - 1].Text) once.Add(Received[i].Text);
                else account.AddDuplicate(chat, sameLife: Received[i].Life == Received[i - 1].Life);
            }

            account.Lost += Promised.Except(once, StringComparer.Ordinal).Count();
            account.Unasked.AddRange(once.Except(Promised, StringComparer.Ordinal));
            if (!Promised.SequenceEqual(once, StringComparer.Ordinal)) account.ChatsOutOfOrder.Add(chat);
        }
    }
}

/// <summary>What a ledger came to.</summary>
internal sealed class Account
{
    public int Promised { get; init; }

    public int Lost { get; set; }

    /// <summary>Replies to nothing that was asked.</summary>
    public List<string> Unasked { get; } = [];

    /// <summary>Chats whose replies, duplicates counted once, are not the promised ones in the promised order.</summary>
    public List<string> ChatsOutOfOrder { get; } = [];

    /// <summary>How many replies too many, by chat.</summary>
    public Dictionary<string, int> Duplicates { get; } = new(StringComparer.Ordinal);

    /// <summary>Duplicates that one and the same process sent.</summary>
    public int DuplicatesWithinALife { get; private set; }

    public int DuplicateCount => Duplicates.Values.Sum();

    public void AddDuplicate(string chat, bool sameLife)
    {
        Duplicates[chat] = Duplicates.GetValueOrDefault(chat) + 1;
        if (sameLife) DuplicatesWithinALife++;
    }

    public override string ToString() =>
        $"{Promised} promised, {Lost} lost, {Unasked.Count} unasked, {ChatsOutOfOrder.Count} chats out of order, "
        + $"{DuplicateCount} duplicates of which {DuplicatesWithinALife} within one life";
}

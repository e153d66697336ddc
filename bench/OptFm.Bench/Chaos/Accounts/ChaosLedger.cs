using OptFm.Bench.Chaos.Crowd;
using OptFm.Sandbox;
using OptFm.Sandbox.Faults;
using OptFm.Sandbox.Records;

namespace OptFm.Bench.Chaos.Accounts;

/// <summary>The truth, kept outside the system under test: what was asked, what was acknowledged, and every call that the messengers saw.</summary>
internal sealed class ChaosLedger(RunClock clock, Lessons lessons)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(Messenger, string Chat, string Question), AskedUpdate> _byKey = [];
    private readonly List<AskedUpdate> _all = [];
    private readonly Dictionary<long, SeenCall> _oddCalls = [];
    private readonly Dictionary<(Messenger, string Chat), List<TimeSpan>> _refusals = [];
    private readonly List<string> _unexpected = [];
    private readonly List<(TimeSpan At, Violation Violation)> _violations = [];
    private int _waiting;

    /// <summary>Acknowledged updates without a reply.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate) return _waiting;
        }
    }

    /// <summary>Everything asked, in order; to be read once nothing is added any more.</summary>
    public IReadOnlyList<AskedUpdate> All
    {
        get
        {
            lock (_gate) return [.. _all];
        }
    }

    /// <summary>Replies to nothing that their chat asked.</summary>
    public IReadOnlyList<string> Unexpected => _unexpected;

    public IReadOnlyList<(TimeSpan At, Violation Violation)> Violations => _violations;

    public AskedUpdate Write(Messenger messenger, string chat, string question)
    {
        lock (_gate)
        {
            var update = new AskedUpdate(messenger, chat, question, clock.Now);
            _all.Add(update);
            _byKey.Add((messenger, chat, question), update);
            return update;
        }
    }

    public AskedUpdate? Find(Messenger messenger, string chat, string question)
    {
        lock (_gate) return _byKey.GetValueOrDefault((messenger, chat, question));
    }

    public void Posting(AskedUpdate update)
    {
        lock (_gate) update.FirstPostAt ??= clock.Now;
    }

    /// <param name="by">The node that answered 200; the messenger's queue where it was kept there to be fetched.</param>
    public void Acknowledge(AskedUpdate update, string by)
    {
        lock (_gate)
        {
            if (update.AckedAt is not null) return;
            (update.AckedAt, update.AckedBy) = (clock.Now, by);
            if (update.Waits) _waiting++;
        }
    }

    public void Posted(AskedUpdate update, Post post)
    {
        lock (_gate) update.Posts.Add(post);
    }

    public void Receive(SentMessage message)
    {
        if (Lessons.IsLesson(message.Chat)) return;

        lock (_gate)
        {
            var question = lessons.QuestionOf(message.Messenger, message.Text);
            if (question is null || !_byKey.TryGetValue((message.Messenger, message.Chat, question), out var update))
            {
                _unexpected.Add($"{clock.Now.TotalSeconds:0.0} s, {message.Messenger} {message.Chat}: {message.Text.ReplaceLineEndings(" ")}");
                return;
            }

            if (update.Waits) _waiting--;
            update.Copies.Add(new(clock.Now, message.Caller ?? "", message.Call));
        }
    }

    /// <summary>Remembers how calls ended that did not end well.</summary>
    public void Over(SeenCall call)
    {
        if (call is { Fault: null, Status: not null }) return;

        lock (_gate)
        {
            _oddCalls[call.Number] = call;
            if (call is not { Fault: not null, Chat: { } chat }) return;
            if (!_refusals.TryGetValue((call.Messenger, chat), out var refusals)) _refusals.Add((call.Messenger, chat), refusals = []);
            refusals.Add(clock.Now);
        }
    }

    public void Violated(Violation violation)
    {
        lock (_gate) _violations.Add((clock.Now, violation));
    }

    /// <summary>Whether the messenger let a call for the chat fail while the reply was waited for: then it is late for a reason of the messenger's.</summary>
    public bool HeldUpByMessenger(AskedUpdate update)
    {
        var until = update.Copies.Count > 0 ? update.Copies[0].At : TimeSpan.MaxValue;
        lock (_gate) return _refusals.TryGetValue((update.Messenger, update.Chat), out var refusals) && refusals.Exists(at => at >= update.WrittenAt && at <= until);
    }

    /// <returns>Why the bot may not know that the messenger took its message; null when it was told.</returns>
    public FaultKind? Unanswered(Copy copy)
    {
        lock (_gate) return _oddCalls.TryGetValue(copy.Call, out var call) ? call.Fault ?? (call.Status is null ? FaultKind.CutAfter : null) : null;
    }
}

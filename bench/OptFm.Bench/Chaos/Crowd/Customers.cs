using System.Globalization;
using OptFm.Bench.Chaos.Accounts;
using OptFm.Sandbox;
using OptFm.Sandbox.Deliveries;

namespace OptFm.Bench.Chaos.Crowd;

/// <summary>
/// Who asks what and when, all from the seed. Several hundred chats write by chance; each asks every question once, then a new chat takes its
/// place. Most ask one thing at a time; some are hasty, and some of these are groups, so that the limits of a chat are met.
/// </summary>
internal sealed class Customers(ChaosOptions options, IReadOnlyList<string> questions, SandboxServer sandbox, ChaosLedger ledger, RunClock clock) : IDisposable
{
    private const int MostUnderWay = 1_000;

    private readonly Random _random = new(options.Seed);
    private readonly List<Chat> _chats = [];
    private readonly SemaphoreSlim _underWay = new(MostUnderWay);
    private int _made;

    /// <summary>Writes until the time comes, then waits for the deliveries it has begun.</summary>
    public async Task WriteAsync(TimeSpan until, CancellationToken stop)
    {
        while (_chats.Count < options.Chats) _chats.Add(NewChat());
        for (var next = clock.Now; next < until;)
        {
            await clock.WaitUntilAsync(next, stop);
            var asked = Ask();
            // Exponential gaps: people do not write by the clock.
            next += TimeSpan.FromSeconds(-Math.Log(1 - _random.NextDouble()) / options.Rate * asked);
        }

        for (var i = 0; i < MostUnderWay; i++) await _underWay.WaitAsync(stop);
    }

    public void Dispose() => _underWay.Dispose();

    /// <returns>How many questions.</returns>
    private int Ask()
    {
        var place = _random.Next(_chats.Count);
        var chat = _chats[place];
        var burst = chat.Questions.Splice(chat.Hasty ? _random.Next(2, 7) : 1);
        if (chat.Questions.Count == 0) _chats[place] = NewChat();
        _ = SayAsync(chat, burst);
        return burst.Count;
    }

    /// <summary>One after the other, as a messenger delivers a chat's messages: the next once the first try of the one before is over.</summary>
    private async Task SayAsync(Chat chat, List<string> burst)
    {
        await _underWay.WaitAsync();
        try
        {
            foreach (var question in burst)
            {
                var update = ledger.Write(chat.Messenger, chat.Id, question);
                var delivery = await sandbox[chat.Messenger].CustomerSaysAsync(chat.Id, question);
                if (delivery.Outcome != DeliveryOutcome.Queued) continue;
                ledger.Posting(update);
                ledger.Acknowledge(update, "the messenger's queue");
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // The run was cut short.
        }
        finally
        {
            _underWay.Release();
        }
    }

    private Chat NewChat()
    {
        var number = ++_made;
        var messenger = World.Messengers[number % World.Messengers.Count];
        var kind = _random.Next(10);
        var group = kind == 0 && messenger == Messenger.Telegram;
        var id = (group ? -1_000_000L - number : 1_000_000L + number).ToString(CultureInfo.InvariantCulture);
        return new Chat(messenger, id, kind <= 1, new(questions.OrderBy(_ => _random.Next())));
    }

    private sealed record Chat(Messenger Messenger, string Id, bool Hasty, Remaining Questions);

    /// <summary>What a chat has not asked yet.</summary>
    private sealed class Remaining(IEnumerable<string> questions)
    {
        private readonly Queue<string> _left = new(questions);

        public int Count => _left.Count;

        public List<string> Splice(int most)
        {
            var taken = new List<string>();
            while (taken.Count < most && _left.TryDequeue(out var question)) taken.Add(question);
            return taken;
        }
    }
}

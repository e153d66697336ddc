using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using OptFm.Server.Channels;

namespace OptFm.Server.Tests.MessagePath;

/// <summary>A messenger whose answers the test decides. An update is <c>{"key","chat","text"}</c>.</summary>
public sealed class ScriptedChannel : IChannel, IDisposable
{
    private readonly ConcurrentQueue<OutboundMessage> _sent = new();
    private readonly ConcurrentDictionary<string, ConcurrentQueue<SendResult>> _script = new();
    private readonly SemaphoreSlim _news = new(0);
    private readonly ConcurrentQueue<long> _calledAt = new();
    private int _calls;

    public string Name => "scripted";

    public ChannelLimits Limits { get; init; } = new() { TextLength = 4000 };

    public int Calls => _calls;

    /// <summary>Timestamps of the calls, in their order.</summary>
    public IReadOnlyList<long> CalledAt => [.. _calledAt.Order()];

    public IReadOnlyList<OutboundMessage> Sent => [.. _sent];

    public IEnumerable<string> SentTo(string chat) => Sent.Where(m => m.Chat == chat).Select(m => m.Text);

    /// <summary>The next calls for the chat end like this; later ones succeed.</summary>
    public void Next(string chat, params SendResult[] results)
    {
        foreach (var result in results) _script.GetOrAdd(chat, _ => new()).Enqueue(result);
    }

    public static byte[] Update(string key, string chat, string text) =>
        Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new { key, chat, text }));

    public Update? Read(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        string Text(string name) => document.RootElement.GetProperty(name).GetString()!;
        return new Update(Text("key"), "text", Text("chat")) { Message = new InboundMessage(InboundKind.Text, Text("chat"), Text("text")) };
    }

    public Task<SendResult> SendAsync(OutboundMessage message, CancellationToken stop)
    {
        _calledAt.Enqueue(TimeProvider.System.GetTimestamp());
        var result = _script.TryGetValue(message.Chat, out var script) && script.TryDequeue(out var next) ? next : SendResult.Sent("id");
        if (result.Outcome == SendOutcome.Sent) _sent.Enqueue(message);
        Interlocked.Increment(ref _calls);
        _news.Release();
        return Task.FromResult(result);
    }

    public void Dispose() => _news.Dispose();

    /// <summary>Waits for a condition on what was sent, looking after each call.</summary>
    public async Task UntilAsync(Func<bool> condition)
    {
        while (!condition()) (await _news.WaitAsync(TimeSpan.FromSeconds(30))).ShouldBeTrue("nothing more was sent");
    }
}

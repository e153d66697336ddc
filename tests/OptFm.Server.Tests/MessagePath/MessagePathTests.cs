using OptFm.Server.Answers;
using OptFm.Server.Channels;
using OptFm.Server.Conversations;
using OptFm.Server.Tests.Storage;

namespace OptFm.Server.Tests.MessagePath;

/// <summary>Tests that hold on either database.</summary>
public abstract class MessagePathTests(TestStore store) : IAsyncDisposable
{
    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return store.DisposeAsync();
    }

    /// <summary>A path whose workers do not run yet. Opened again, it finds what the last one left.</summary>
    protected async Task<Path> OpenAsync(ScriptedChannel? channel = null, Func<InboundMessage, Conversation, Answer>? answer = null, TimeSpan? replyMaxAge = null) =>
        Path.Open(await store.OpenAsync(), channel, answer, replyMaxAge);

    protected async Task<Path> RunningAsync(ScriptedChannel? channel = null, Func<InboundMessage, Conversation, Answer>? answer = null) =>
        (await OpenAsync(channel, answer)).Running();
}

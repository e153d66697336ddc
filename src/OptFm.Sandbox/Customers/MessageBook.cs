using System.Collections.Concurrent;
using OptFm.Sandbox.Records;

namespace OptFm.Sandbox.Customers;

/// <summary>A message as it stands in a chat now.</summary>
internal sealed record StoredMessage(string Id, string Chat, string Text, IReadOnlyList<IReadOnlyList<SeenButton>> Keyboard, DateTimeOffset SentAt)
{
    internal bool HasButton(string payload) => Keyboard.Any(row => row.Any(button => button.Payload == payload));
}

/// <summary>The bot's messages that it may still change, and the presses it may still answer.</summary>
internal sealed class MessageBook(bool keep)
{
    private readonly ConcurrentDictionary<string, StoredMessage> messages = new();
    private readonly ConcurrentDictionary<string, StoredMessage> latestWithKeyboard = new();
    private readonly ConcurrentDictionary<string, Press> presses = new();

    internal bool Keeps => keep;

    internal StoredMessage? Find(string id) => messages.GetValueOrDefault(id);

    internal void Put(StoredMessage message)
    {
        if (!keep) return;
        messages[message.Id] = message;
        if (message.Keyboard.Count > 0) latestWithKeyboard[message.Chat] = message;
    }

    internal bool Remove(string id) => messages.TryRemove(id, out _);

    /// <summary>The message a customer would press <paramref name="payload"/> on: the newest with that button.</summary>
    internal StoredMessage? WithButton(string chat, string payload)
    {
        if (latestWithKeyboard.GetValueOrDefault(chat) is { } latest && latest.HasButton(payload)) return latest;
        return messages.Values.Where(message => message.Chat == chat && message.HasButton(payload)).MaxBy(static message => message.SentAt);
    }

    internal void PutPress(Press press) => presses[press.CallbackId] = press;

    internal Press? FindPress(string callbackId) => presses.GetValueOrDefault(callbackId);

    internal void Clear()
    {
        messages.Clear();
        latestWithKeyboard.Clear();
        presses.Clear();
    }
}

/// <summary>A press of a button that the bot has been told of.</summary>
internal sealed record Press(string CallbackId, string Chat, string? MessageId, DateTimeOffset At);

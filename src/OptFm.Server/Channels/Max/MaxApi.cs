using System.Net.Http;
using System.Text.Json;
using OptFm.Server.Channels.Http;

namespace OptFm.Server.Channels.Max;

/// <summary>The calls of the official API that the bot makes. https://dev.max.ru/docs-api</summary>
internal sealed class MaxApi(MessengerClient client)
{
    public static readonly TimeSpan PollTime = TimeSpan.FromSeconds(30);

    public Task<MessengerReply> SendAsync(string chat, Action<Utf8JsonWriter> message, CancellationToken stop) =>
        client.CallAsync(HttpMethod.Post, $"/messages?{Recipient(chat)}", MessengerClient.Json(message), stop);

    public Task<MessengerReply> EditAsync(string messageId, Action<Utf8JsonWriter> message, CancellationToken stop) =>
        client.CallAsync(HttpMethod.Put, $"/messages?message_id={Uri.EscapeDataString(messageId)}", MessengerClient.Json(message), stop);

    public Task<MessengerReply> AnswerAsync(string callbackId, Action<Utf8JsonWriter> answer, CancellationToken stop) =>
        client.CallAsync(HttpMethod.Post, $"/answers?callback_id={Uri.EscapeDataString(callbackId)}", MessengerClient.Json(answer), stop);

    public Task<MessengerReply> UpdatesAsync(string? marker, CancellationToken stop)
    {
        var path = $"/updates?limit=100&timeout={PollTime.TotalSeconds:0}";
        if (marker is not null) path += $"&marker={Uri.EscapeDataString(marker)}";
        return client.CallAsync(HttpMethod.Get, path, null, stop, PollTime);
    }

    public Task<MessengerReply> MeAsync(CancellationToken stop) => client.CallAsync(HttpMethod.Get, "/me", null, stop);

    public Task<MessengerReply> SubscriptionsAsync(CancellationToken stop) => client.CallAsync(HttpMethod.Get, "/subscriptions", null, stop);

    public Task<MessengerReply> SubscribeAsync(Action<Utf8JsonWriter> subscription, CancellationToken stop) =>
        client.CallAsync(HttpMethod.Post, "/subscriptions", MessengerClient.Json(subscription), stop);

    public Task<MessengerReply> UnsubscribeAsync(string url, CancellationToken stop) =>
        client.CallAsync(HttpMethod.Delete, $"/subscriptions?url={Uri.EscapeDataString(url)}", null, stop);

    public Task<MessengerReply> SetCommandsAsync(Action<Utf8JsonWriter> commands, CancellationToken stop) =>
        client.CallAsync(HttpMethod.Patch, "/me/commands", MessengerClient.Json(commands), stop);

    private static string Recipient(string chat) => chat.StartsWith(MaxUpdate.UserPrefix, StringComparison.Ordinal)
        ? $"user_id={Uri.EscapeDataString(chat[MaxUpdate.UserPrefix.Length..].Trim('"'))}"
        : $"chat_id={Uri.EscapeDataString(chat.Trim('"'))}";
}

using System.Text.Json;
using OptFm.Server.Channels.Http;

namespace OptFm.Server.Channels.Telegram;

/// <summary>Calls of Telegram-shaped APIs: the real one, and the deployment guide's. https://core.telegram.org/bots/api#making-requests</summary>
internal sealed class TelegramApi(MessengerClient client)
{
    public Task<MessengerReply> CallAsync(string method, Action<Utf8JsonWriter> arguments, CancellationToken stop, TimeSpan extraTime = default) =>
        client.CallAsync(HttpMethod.Post, $"/{method}", MessengerClient.Json(arguments), stop, extraTime);

    public Task<MessengerReply> GetAsync(string method, CancellationToken stop) => client.CallAsync(HttpMethod.Get, $"/{method}", null, stop);
}

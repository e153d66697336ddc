using System.Text.Json;
using OptFm.Server.Channels.Http;

namespace OptFm.Server.Channels.Max;

/// <summary>Subscriptions and commands of the official API. Subscriptions accumulate: the old ones must be taken away.</summary>
internal sealed class MaxAdmin(MaxApi api, string token) : IWebhookAdmin
{
    public async Task<AdminAnswer> MeAsync(CancellationToken stop)
    {
        var reply = await api.MeAsync(stop);
        return Answer(reply) with { Bot = reply.Json };
    }

    public async Task<AdminAnswer> InfoAsync(CancellationToken stop)
    {
        var reply = await api.SubscriptionsAsync(stop);
        return Answer(reply) with { Facts = [.. Urls(reply).Select(url => $"url: {url}")] };
    }

    public async Task<AdminAnswer> SetAsync(Uri url, string secret, CancellationToken stop)
    {
        var added = Answer(await api.SubscribeAsync(json => Write(json, url, secret), stop));
        return added.Worked ? await RemoveAsync(old => IsStale(old, url), stop) : added;
    }

    public Task<AdminAnswer> DeleteAsync(CancellationToken stop) => RemoveAsync(_ => true, stop);

    public async Task<AdminAnswer> SetCommandsAsync(IReadOnlyList<BotCommand> commands, CancellationToken stop) => Answer(await api.SetCommandsAsync(
        json =>
        {
            json.WriteStartArray("commands");
            foreach (var command in commands)
            {
                json.WriteStartObject();
                json.WriteString("name", command.Name);
                json.WriteString("description", command.Description);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        },
        stop));

    private async Task<AdminAnswer> RemoveAsync(Func<string, bool> isOld, CancellationToken stop)
    {
        var list = await api.SubscriptionsAsync(stop);
        var answer = Answer(list);
        var facts = new List<string>();
        foreach (var url in Urls(list))
        {
            if (!answer.Worked) break;
            if (isOld(url)) answer = Answer(await api.UnsubscribeAsync(url, stop));
            if (answer.Worked) facts.Add($"{(isOld(url) ? "removed" : "stands")}: {url}");
        }

        return answer with { Facts = facts };
    }

    /// <summary>Ours, since it is on our host, and not the new one. Another host's subscription is somebody else's and stays.</summary>
    private static bool IsStale(string old, Uri current) =>
        old != current.AbsoluteUri && old != current.OriginalString
        && Uri.TryCreate(old, UriKind.Absolute, out var uri) && uri.IdnHost.Equals(current.IdnHost, StringComparison.OrdinalIgnoreCase);

    private static void Write(Utf8JsonWriter json, Uri url, string secret)
    {
        json.WriteString("url", url.AbsoluteUri);
        json.WriteStartArray("update_types");
        foreach (var type in MaxUpdate.Types) json.WriteStringValue(type);
        json.WriteEndArray();
        if (secret.Length > 0) json.WriteString("secret", secret);
    }

    private static List<string> Urls(MessengerReply reply)
    {
        var list = reply.Json.Get("subscriptions");
        return list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray().Select(s => s.Get("url").Words()).OfType<string>().Distinct()] : [];
    }

    private AdminAnswer Answer(MessengerReply reply)
    {
        if (reply.Progress != CallProgress.Answered) return new AdminAnswer(reply.Reason);
        if (reply.IsSuccess && reply.HasJson && !reply.Json.Get("success").IsFalse()) return new AdminAnswer();
        if (reply.IsSuccess && !reply.HasJson) return new AdminAnswer($"answered {reply.Status} without JSON");
        return new AdminAnswer(RefusalReason.From(reply.Status, reply.Json.Get("code").Text(), reply.Json.Get("message").Text(), token));
    }
}

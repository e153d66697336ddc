using System.Text.Json;
using OptFm.Server.Channels.Http;

namespace OptFm.Server.Channels.Max;

/// <summary>Subscriptions and commands of the official API. Subscriptions accumulate: the old ones must be taken away.</summary>
internal sealed class MaxAdmin(MaxApi api, string token) : IWebhookAdmin
{
    /// <summary>Well within the API's calls per second; the rest follows the next time.</summary>
    private const int MostTidied = 20;

    public bool Accumulates => true;

    public async Task<AdminAnswer> MeAsync(CancellationToken stop)
    {
        var reply = await api.MeAsync(stop);
        return Answer(reply) with { Bot = reply.Json };
    }

    public async Task<AdminAnswer> InfoAsync(CancellationToken stop)
    {
        var reply = await api.SubscriptionsAsync(stop);
        var answer = Answer(reply);
        // What is no list must not be taken for an empty one.
        if (answer.Worked && reply.Json.Get("subscriptions").ValueKind != JsonValueKind.Array) return new AdminAnswer($"answered {reply.Status} without a list of subscriptions");
        return answer with { Facts = [.. Urls(reply).Select(url => $"url: {url}")] };
    }

    public async Task<AdminAnswer> SetAsync(Uri url, string secret, CancellationToken stop)
    {
        var added = Answer(await api.SubscribeAsync(json => Write(json, url, secret), stop));
        return added.Worked ? await RemoveAsync(old => WebhookUrls.IsStale(old, url), int.MaxValue, stop) : added;
    }

    public Task<AdminAnswer> TidyAsync(Uri url, CancellationToken stop) => RemoveAsync(old => WebhookUrls.IsStale(old, url), MostTidied, stop);

    public Task<AdminAnswer> DeleteAsync(CancellationToken stop) => RemoveAsync(_ => true, int.MaxValue, stop);

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

    private async Task<AdminAnswer> RemoveAsync(Func<string, bool> isOld, int most, CancellationToken stop)
    {
        var list = await api.SubscriptionsAsync(stop);
        var answer = Answer(list);
        var facts = new List<string>();
        var old = Urls(list).Where(isOld).Take(most).ToHashSet(StringComparer.Ordinal);
        foreach (var url in Urls(list))
        {
            if (!answer.Worked) break;
            if (old.Contains(url)) answer = Answer(await api.UnsubscribeAsync(url, stop));
            if (answer.Worked) facts.Add($"{(old.Contains(url) ? "removed" : "stands")}: {url}");
        }

        return answer with { Facts = facts };
    }

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

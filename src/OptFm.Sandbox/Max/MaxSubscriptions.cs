using System.Collections.Frozen;
using System.Text.RegularExpressions;
using OptFm.Sandbox.Deliveries;
using OptFm.Sandbox.Http;

namespace OptFm.Sandbox.Max;

/// <summary>Webhooks and polling of MAX. Subscriptions accumulate; while one stands, polling gets nothing.</summary>
internal sealed partial class MaxSubscriptions(UpdateFeed feed, SandboxOptions options)
{
    internal static readonly FrozenSet<string> Types = (
        "bot_added bot_started bot_stopped bot_removed chat_title_changed dialog_cleared dialog_muted dialog_unmuted dialog_removed " +
        "message_callback message_created message_edited message_removed user_added user_removed").Split(' ').ToFrozenSet();

    internal ApiAnswer List() => new(200, JsonText.Object(json =>
    {
        json.WriteStartArray("subscriptions");
        foreach (var hook in feed.Webhooks)
        {
            json.WriteStartObject();
            json.WriteString("url", hook.Url.AbsoluteUri);
            json.WriteNumber("time", hook.Since.ToUnixTimeMilliseconds());
            json.WriteStartArray("update_types");
            foreach (var type in hook.Types ?? []) json.WriteStringValue(type);
            json.WriteEndArray();
            json.WriteString("version", "1.0.0");
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }));

    internal ApiAnswer Add(ApiCall call)
    {
        if (!Uri.TryCreate(call.Text("url"), UriKind.Absolute, out var url) || !IsAllowed(url))
            return MaxAnswers.BadRequest("url: must be https on port 443");
        var secret = call.Text("secret");
        if (secret is not null && !Secret().IsMatch(secret)) return MaxAnswers.BadRequest("secret: must match ^[A-Za-z0-9_-]{5,256}$");
        var types = call.Body.Strings("update_types");
        if (types?.FirstOrDefault(static type => !Types.Contains(type)) is { } unknown) return MaxAnswers.BadRequest($"update_types: unknown '{unknown}'");

        feed.Subscribe(new Webhook(url, secret, options.Time.GetUtcNow()) { Types = types is { Count: > 0 } ? types.ToFrozenSet() : null });
        return MaxAnswers.Success;
    }

    internal ApiAnswer Remove(ApiCall call)
    {
        if (!Uri.TryCreate(call.Query("url"), UriKind.Absolute, out var url)) return MaxAnswers.BadRequest("url is required");
        return feed.Unsubscribe(hook => hook.Url == url) ? MaxAnswers.Success : MaxAnswers.Failure("subscription not found");
    }

    internal async Task<ApiAnswer> PollAsync(ApiCall call)
    {
        if (Number(call, "limit", 100, 1, 1000) is not { } limit) return MaxAnswers.BadRequest("limit: 1 to 1000");
        if (Number(call, "timeout", 30, 0, 90) is not { } seconds) return MaxAnswers.BadRequest("timeout: 0 to 90");
        if (Number(call, "marker", long.MinValue, 0, long.MaxValue) is not { } marker) return MaxAnswers.BadRequest("marker: not a number");

        var types = call.Query("types")?.Split(',').ToFrozenSet();
        var batch = await feed.Queue.TakeAsync(
            marker == long.MinValue ? null : marker,
            (int)Math.Min(limit, 100),
            TimeSpan.FromSeconds(Math.Min(seconds, 30)),
            type => types?.Contains(type) ?? true,
            () => feed.Webhooks.Count == 0,
            call.Aborted);
        return new ApiAnswer(200, Write(batch));
    }

    private static byte[] Write(QueuedBatch batch) => JsonText.Object(json =>
    {
        json.WriteStartArray("updates");
        foreach (var update in batch.Updates) json.WriteRawValue(update.Json, skipInputValidation: true);
        json.WriteEndArray();
        json.WriteNumber("marker", batch.Next);
    });

    /// <summary>A number of the query within bounds, or what stands for an absent one; null when it is neither.</summary>
    private static long? Number(ApiCall call, string name, long absent, long least, long most)
    {
        if (call.Query(name) is not { Length: > 0 } text) return absent;
        return long.TryParse(text, out var number) && number >= least && number <= most ? number : null;
    }

    private bool IsAllowed(Uri url) =>
        (url.Scheme == Uri.UriSchemeHttps && url.Port == 443) || (options.AllowHttpWebhooks && url.IsLoopback && url.Scheme is "http" or "https");

    [GeneratedRegex("^[A-Za-z0-9_-]{5,256}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Secret();
}

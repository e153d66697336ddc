using System.Collections.Frozen;
using System.Text.RegularExpressions;
using OptFm.Sandbox.Deliveries;
using OptFm.Sandbox.Http;

namespace OptFm.Sandbox.Telegram;

/// <summary><c>setWebhook</c>, <c>deleteWebhook</c>, <c>getWebhookInfo</c>. One webhook at most; setting one replaces the other.</summary>
internal sealed partial class BotApiWebhooks(UpdateFeed feed, SandboxOptions options, IReadOnlyList<int> ports)
{
    internal ApiAnswer Set(ApiCall call)
    {
        var url = call.Parameter("url") ?? "";
        if (call.Parameter("drop_pending_updates") == "true") feed.Queue.Clear();
        if (url.Length == 0) return Delete(call);
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address)) return BotApiAnswers.BadRequest("bad webhook: Failed to resolve host");
        if (Refusal(call, address) is { } refused) return BotApiAnswers.BadRequest(refused);

        var types = call.Body.Strings("allowed_updates");
        feed.Subscribe(new Webhook(address, call.Parameter("secret_token"), options.Time.GetUtcNow())
        {
            Types = types is { Count: > 0 } ? types.ToFrozenSet() : null,
            MaxConnections = int.Parse(call.Parameter("max_connections") ?? "40"),
        });
        feed.Unsubscribe(other => other.Url != address);
        feed.DrainIntoWebhooks();
        return BotApiAnswers.True;
    }

    internal ApiAnswer Delete(ApiCall call)
    {
        if (call.Parameter("drop_pending_updates") == "true") feed.Queue.Clear();
        feed.Unsubscribe(static _ => true);
        return BotApiAnswers.True;
    }

    internal ApiAnswer Info() => BotApiAnswers.Result(json =>
    {
        var hook = feed.Webhooks.Count > 0 ? feed.Webhooks[0] : null;
        json.WriteString("url", hook?.Url.AbsoluteUri ?? "");
        json.WriteBoolean("has_custom_certificate", false);
        json.WriteNumber("pending_update_count", feed.Pending);
        if (hook?.LastErrorAt is { } at)
        {
            json.WriteNumber("last_error_date", at.ToUnixTimeSeconds());
            json.WriteString("last_error_message", hook.LastError);
        }
        if (hook is null) return;
        json.WriteNumber("max_connections", hook.MaxConnections);
        if (hook.Types is null) return;
        json.WriteStartArray("allowed_updates");
        foreach (var type in hook.Types) json.WriteStringValue(type);
        json.WriteEndArray();
    });

    private string? Refusal(ApiCall call, Uri url)
    {
        var isLocal = options.AllowHttpWebhooks && url.IsLoopback && url.Scheme is ("http" or "https");
        if (!isLocal && url.Scheme != Uri.UriSchemeHttps) return "bad webhook: An HTTPS URL must be provided for webhook";
        if (!isLocal && !ports.Contains(url.Port)) return $"bad webhook: Webhook can be set up only on ports {string.Join(", ", ports)}";
        if (call.Parameter("secret_token") is { } secret && !Secret().IsMatch(secret)) return "secret token contains unallowed characters";
        if (call.Parameter("max_connections") is { } most && !(int.TryParse(most, out var number) && number is >= 1 and <= 100))
            return "bad max_connections: 1 to 100";
        return null;
    }

    [GeneratedRegex("^[A-Za-z0-9_-]{1,256}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Secret();
}

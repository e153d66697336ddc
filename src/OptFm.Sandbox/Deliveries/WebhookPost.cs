using System.Net.Http.Headers;
using OptFm.Sandbox.Records;

namespace OptFm.Sandbox.Deliveries;

/// <summary>Posts one update to one webhook once.</summary>
internal sealed class WebhookPost(
    Messenger messenger, HttpClient client, DeliveryRules rules, Action<HttpRequestMessage, Webhook, byte[]> sign, TimeProvider time)
{
    private static readonly MediaTypeHeaderValue Json = new("application/json") { CharSet = "utf-8" };

    internal async Task<DeliveryAttempt> TryAsync(Webhook hook, BuiltUpdate update, int number, CancellationToken stop)
    {
        using var patience = new CancellationTokenSource(rules.AnswerWithin, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stop);
        var attempt = new DeliveryAttempt(messenger, update.Type, update.Chat, hook.Url.AbsoluteUri, number, null, Accepted: false);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, hook.Url) { Content = new ByteArrayContent(update.Json) };
            request.Content.Headers.ContentType = Json;
            sign(request, hook, update.Json);
            using var response = await client.SendAsync(request, either.Token);
            var status = (int)response.StatusCode;
            return attempt with { Status = status, Accepted = rules.Accepts(status) };
        }
        catch (HttpRequestException error)
        {
            return attempt with { Error = error.Message };
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return attempt with { Error = "Read timeout expired" };
        }
    }
}

/// <summary>An update with its final bytes: every repetition is the same to the byte.</summary>
internal sealed record BuiltUpdate(long Number, string Type, string Chat, byte[] Json);

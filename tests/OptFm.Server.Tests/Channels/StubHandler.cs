using System.Net;
using System.Text;
using System.Text.Json;

namespace OptFm.Server.Tests.Channels;

/// <summary>Stands in for a messenger: answers what it was told and remembers what it was asked.</summary>
internal sealed class StubHandler : HttpMessageHandler
{
    private readonly Queue<Func<HttpRequestMessage, HttpResponseMessage>> _answers = new();

    public List<(HttpMethod Method, string Path, string Authorization, JsonElement Body)> Calls { get; } = [];

    public JsonElement LastBody => Calls[^1].Body;

    public StubHandler Answers(string body, HttpStatusCode status = HttpStatusCode.OK, string type = "application/json", TimeSpan? retryAfter = null)
    {
        _answers.Enqueue(_ =>
        {
            var answer = new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, type) };
            if (retryAfter is { } wait) answer.Headers.RetryAfter = new(wait);
            return answer;
        });
        return this;
    }

    public StubHandler Fails(Exception failure)
    {
        _answers.Enqueue(_ => throw failure);
        return this;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? default : JsonDocument.Parse(await request.Content.ReadAsByteArrayAsync(cancellationToken)).RootElement;
        request.Headers.TryGetValues("Authorization", out var authorization);
        Calls.Add((request.Method, request.RequestUri!.PathAndQuery, authorization?.Single() ?? "", body));
        return _answers.Dequeue()(request);
    }
}

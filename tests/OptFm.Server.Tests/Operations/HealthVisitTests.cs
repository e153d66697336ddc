using System.Net;
using OptFm.Server.Operations;

namespace OptFm.Server.Tests.Operations;

/// <summary>Proves: a server is restarted when that can help, and left alone while the trouble is somebody else's.</summary>
public sealed class HealthVisitTests
{
    private const string DatabaseDown = """{"status":"unhealthy","components":{"database":{"status":"down"},"queue":{"status":"unknown"}}}""";
    private const string WorkersDown = """{"status":"unhealthy","components":{"database":{"status":"ok"},"queue":{"status":"down"}}}""";

    [Theory]
    [InlineData(200, "anything", true, HealthVerdict.Well)]
    [InlineData(503, WorkersDown, false, HealthVerdict.RestartHelps)]
    [InlineData(503, DatabaseDown, true, HealthVerdict.RestartHelps)]
    [InlineData(503, DatabaseDown, false, HealthVerdict.RestartIsUseless)]
    [InlineData(503, "not JSON", true, HealthVerdict.RestartHelps)]
    [InlineData(503, "[]", true, HealthVerdict.RestartHelps)]
    [InlineData(503, """{"components":{"queue":{"status":5}}}""", true, HealthVerdict.RestartHelps)]
    public async Task What_it_says_decides(int status, string body, bool diskTakesWrites, HealthVerdict expected) =>
        (await VisitAsync(diskTakesWrites, _ => Answer(status, body))).ShouldBe(expected);

    [Fact]
    public async Task Nobody_there_is_asked_again_before_the_verdict()
    {
        var asked = 0;

        var verdict = await VisitAsync(true, _ => ++asked < 3 ? throw new HttpRequestException("refused") : Answer(200, "{}"));

        verdict.ShouldBe(HealthVerdict.Well);
    }

    [Fact]
    public async Task Nobody_there_for_long_needs_a_restart() =>
        (await VisitAsync(true, _ => throw new HttpRequestException("refused"))).ShouldBe(HealthVerdict.RestartHelps);

    [Fact]
    public async Task One_that_hangs_needs_a_restart()
    {
        using var http = new HttpClient(new Hanging()) { BaseAddress = new("http://bot/") };

        var visit = new HealthVisit(http, () => true, TimeProvider.System) { Attempts = 1, Patience = TimeSpan.FromMilliseconds(1) };

        (await visit.AskAsync(TestContext.Current.CancellationToken)).ShouldBe(HealthVerdict.RestartHelps);
    }

    private static HttpResponseMessage Answer(int status, string body) => new((HttpStatusCode)status) { Content = new StringContent(body) };

    private static async Task<HealthVerdict> VisitAsync(bool diskTakesWrites, Func<HttpRequestMessage, HttpResponseMessage> answer)
    {
        using var http = new HttpClient(new Scripted(answer)) { BaseAddress = new("http://bot/") };
        return await new HealthVisit(http, () => diskTakesWrites, TimeProvider.System) { Pause = TimeSpan.Zero }.AskAsync(TestContext.Current.CancellationToken);
    }

    private sealed class Scripted(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.RequestUri!.AbsolutePath.ShouldBe("/health");
            return Task.FromResult(answer(request));
        }
    }

    private sealed class Hanging : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            throw new InvalidOperationException("It hangs for ever");
        }
    }
}

using System.Buffers.Binary;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using OptFm.Sandbox.Records;

namespace OptFm.EndToEnd.Tests.Telemetry;

/// <summary>One stage of a trace.</summary>
internal sealed record Span(string Trace, string Id, string Parent, string Name, Dictionary<string, string> Tags);

/// <summary>An OpenTelemetry collector that keeps what it gets, by OTLP over HTTP or over gRPC. https://opentelemetry.io/docs/specs/otlp/</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Collector(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.First());

    public Seen<Span> Spans { get; } = new(keep: true);

    /// <summary>Names of metrics.</summary>
    public Seen<string> Metrics { get; } = new(keep: true);

    /// <summary>All that came, as it came.</summary>
    public Seen<byte[]> Raw { get; } = new(keep: true);

    /// <summary>The value of <c>x-key</c> with each export.</summary>
    public Seen<string> Keys { get; } = new(keep: true);

    public static async Task<Collector> StartAsync(bool grpc)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = grpc ? HttpProtocols.Http2 : HttpProtocols.Http1));
        var app = builder.Build();
        var collector = new Collector(app);
        app.Run(grpc ? collector.TakeGrpcAsync : collector.TakeHttpAsync);
        await app.StartAsync();
        return collector;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeHttpAsync(HttpContext context)
    {
        context.Request.ContentType.ShouldBe("application/x-protobuf");
        Take(context, await ReadAsync(context));
        context.Response.ContentType = "application/x-protobuf";
    }

    private async Task TakeGrpcAsync(HttpContext context)
    {
        var frame = await ReadAsync(context);
        Take(context, frame.AsMemory(5, (int)BinaryPrimitives.ReadUInt32BigEndian(frame.AsSpan(1))));
        context.Response.ContentType = "application/grpc";
        await context.Response.Body.WriteAsync(new byte[5]);
        context.Response.AppendTrailer("grpc-status", "0");
    }

    private void Take(HttpContext context, ReadOnlyMemory<byte> body)
    {
        Raw.Add(body.ToArray());
        Keys.Add(context.Request.Headers["x-key"].ToString());
        var message = new Protobuf(body);
        switch (context.Request.Path.Value)
        {
            case "/v1/traces" or "/opentelemetry.proto.collector.trace.v1.TraceService/Export":
                foreach (var span in message.At(1, 2, 2)) Spans.Add(Read(span));
                break;
            case "/v1/metrics" or "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export":
                foreach (var name in message.At(1, 2, 2, 1)) Metrics.Add(name.Text);
                break;
            default:
                throw new InvalidOperationException($"Nobody exports to {context.Request.Path}");
        }
    }

    private static Span Read(Protobuf span) => new(
        span.At(1).Single().Hex,
        span.At(2).Single().Hex,
        span.At(4).Select(parent => parent.Hex).FirstOrDefault(""),
        span.TextAt(5),
        span.At(9).ToDictionary(tag => tag.TextAt(1), tag => tag.TextAt(2, 1), StringComparer.Ordinal));

    private static async Task<byte[]> ReadAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        return body.ToArray();
    }
}

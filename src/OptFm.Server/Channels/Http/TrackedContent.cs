using System.Net;
using System.Net.Http.Headers;

namespace OptFm.Server.Channels.Http;

/// <summary>A JSON body that knows whether writing it ever began: until then the request cannot have reached the messenger.</summary>
internal sealed class TrackedContent : HttpContent
{
    private readonly byte[] _json;

    public TrackedContent(byte[] json)
    {
        _json = json;
        Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" };
    }

    public bool Started { get; private set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        Started = true;
        await stream.WriteAsync(_json, cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _json.Length;
        return true;
    }
}

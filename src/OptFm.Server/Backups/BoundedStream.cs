namespace OptFm.Server.Backups;

/// <summary>Reads at most so much from an archive that may be a bomb: a small file that unpacks to a full disk or a full memory.</summary>
/// <param name="most">All in all, in bytes.</param>
internal sealed class BoundedStream(Stream inner, long most) : Stream
{
    /// <summary>At once. Nobody who reads a tar file properly asks for more, only for the long name of an entry of somebody's making.</summary>
    private const int MostAtOnce = 1 << 20;

    /// <summary>So far, in bytes.</summary>
    public long BytesRead { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        Check(buffer.Length);
        return Count(inner.Read(buffer));
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Check(buffer.Length);
        return Count(await inner.ReadAsync(buffer, cancellationToken));
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private static void Check(int count)
    {
        if (count > MostAtOnce) throw new InvalidDataException("an entry's header is too large");
    }

    private int Count(int read)
    {
        BytesRead += read;
        return BytesRead <= most ? read : throw new InvalidDataException("it unpacks to far more than its size");
    }
}

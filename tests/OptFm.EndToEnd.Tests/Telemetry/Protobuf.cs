using System.Text;

namespace OptFm.EndToEnd.Tests.Telemetry;

/// <summary>As much of Protocol Buffers as it takes to find one's way: fields that hold bytes. https://protobuf.dev/programming-guides/encoding/</summary>
internal sealed record Protobuf(ReadOnlyMemory<byte> Bytes)
{
    public string Text => Encoding.UTF8.GetString(Bytes.Span);

    public string Hex => Convert.ToHexStringLower(Bytes.Span);

    /// <summary>What stands in these fields, each within the one before.</summary>
    public IEnumerable<Protobuf> At(params int[] path) =>
        path.Aggregate((IEnumerable<Protobuf>)[this], (found, field) => found.SelectMany(message => message.Field(field)));

    public string TextAt(params int[] path) => At(path).Select(field => field.Text).FirstOrDefault("");

    private IEnumerable<Protobuf> Field(int wanted)
    {
        for (var at = 0; at < Bytes.Length;)
        {
            var tag = Varint(ref at);
            var length = (tag & 7) switch
            {
                0 => Skipped(ref at),
                1 => 8,
                2 => (int)Varint(ref at),
                5 => 4,
                var type => throw new InvalidDataException($"wire type {type}"),
            };
            if ((int)(tag >> 3) == wanted && (tag & 7) == 2) yield return new(Bytes.Slice(at, length));
            at += length;
        }
    }

    private int Skipped(ref int at)
    {
        Varint(ref at);
        return 0;
    }

    private ulong Varint(ref int at)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var part = Bytes.Span[at++];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80) return value;
        }
    }
}

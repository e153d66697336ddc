using System.Runtime.InteropServices;
using System.Text;

namespace OptFm.Search.Classification;

/// <summary>
/// A classifier in bytes. Weights take 8 bits each, a share of the largest weight of their feature; those that come to nothing are left out.
/// Layout, little-endian: magic, labels, biases, group weights, lengths of n-grams, features (code, idf, largest weight, count of weights), labels' numbers, weights.
/// </summary>
internal static class LinearClassifierFile
{
    private const uint Magic = 0x3143_4C4F;
    private const int Steps = 127;
    private const int MostLabels = ushort.MaxValue;
    private const int MostFeatures = 1 << 24;
    private const int MostWeights = 1 << 28;

    public static void Write(Stream stream, LinearClassifier classifier, int mostWeights)
    {
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        var rows = QuantisedRow.Of(classifier, mostWeights);
        writer.Write(Magic);
        writer.Write(classifier.Labels.Count);
        foreach (var label in classifier.Labels) writer.Write(label);
        foreach (var bias in classifier.Weights.Biases) writer.Write(bias);
        foreach (var weight in classifier.Space.Weights.ByGroup) writer.Write(weight);
        writer.Write((byte)classifier.Space.Weights.ShortestGram);
        writer.Write((byte)classifier.Space.Weights.LongestGram);
        writer.Write(classifier.Space.UnknownIdf);
        writer.Write(rows.Count);
        foreach (var row in rows) writer.Write(row.Code);
        foreach (var row in rows) writer.Write((Half)row.Idf);
        foreach (var row in rows) writer.Write((Half)(row.Largest / Steps));
        foreach (var row in rows) writer.Write((ushort)row.Classes.Count);
        foreach (var row in rows) WriteClasses(writer, row, classifier.Labels.Count);
        foreach (var row in rows)
            foreach (var value in row.Values) writer.Write(value);
    }

    /// <exception cref="InvalidDataException">The bytes are no classifier.</exception>
    public static LinearClassifier Read(Stream stream)
    {
        try
        {
            using var reader = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
            return Read(reader);
        }
        catch (Exception error) when (error is EndOfStreamException or ArgumentException or FormatException)
        {
            throw new InvalidDataException("This is no classifier, or it was cut short.", error);
        }
    }

    private static LinearClassifier Read(BinaryReader reader)
    {
        if (reader.ReadUInt32() != Magic) throw new FormatException("magic");
        var labels = new string[Bounded(reader.ReadInt32(), MostLabels)];
        for (var i = 0; i < labels.Length; i++) labels[i] = reader.ReadString();
        var biases = Many<float>(reader, labels.Length);
        var groups = GroupWeights.Of(Many<float>(reader, GroupWeights.Count)) with { ShortestGram = reader.ReadByte(), LongestGram = reader.ReadByte() };
        var unknownIdf = reader.ReadSingle();
        var count = Bounded(reader.ReadInt32(), MostFeatures);
        var space = new FeatureSpace(Many<uint>(reader, count), Array.ConvertAll(Many<Half>(reader, count), half => (float)half), unknownIdf, groups);
        return new LinearClassifier(labels, space, ReadWeights(reader, biases, count));
    }

    private static LinearWeights ReadWeights(BinaryReader reader, float[] biases, int count)
    {
        var steps = Many<Half>(reader, count);
        var counts = Many<ushort>(reader, count);
        var starts = new int[count + 1];
        for (var i = 0; i < count; i++) starts[i + 1] = Bounded(starts[i] + counts[i], MostWeights);
        var classes = IsWide(biases.Length) ? Many<ushort>(reader, starts[count]) : Array.ConvertAll(Many<byte>(reader, starts[count]), b => (ushort)b);
        if (Array.Exists(classes, number => number >= biases.Length)) throw new FormatException("class");
        var values = Many<sbyte>(reader, starts[count]);
        var weights = new float[values.Length];
        for (var feature = 0; feature < count; feature++)
        {
            var step = (float)steps[feature];
            for (var i = starts[feature]; i < starts[feature + 1]; i++) weights[i] = values[i] * step;
        }

        return new LinearWeights(biases, starts, classes, weights);
    }

    private static T[] Many<T>(BinaryReader reader, int count)
        where T : unmanaged
    {
        var items = new T[count];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(items.AsSpan()));
        return items;
    }

    private static void WriteClasses(BinaryWriter writer, QuantisedRow row, int labels)
    {
        foreach (var number in row.Classes)
            if (IsWide(labels)) writer.Write(number);
            else writer.Write((byte)number);
    }

    /// <summary>Whether the numbers of labels need two bytes.</summary>
    private static bool IsWide(int labels) => labels > byte.MaxValue + 1;

    private static int Bounded(int count, int most) => count >= 0 && count <= most ? count : throw new FormatException("count");
}

using OptFm.Server.Faq;
using OptFm.Server.Products.Rows;

namespace OptFm.Server.Products;

/// <summary>Reads a price list: .xls, .xlsx, .csv or .tsv, with an optional mapping of columns beside it in <c>FILE.mapping.json</c>.</summary>
public static class PriceFile
{
    public const string MappingSuffix = ".mapping.json";

    /// <summary>Longest file, in bytes: some 600,000 rows.</summary>
    public const int MostBytes = 100 * 1024 * 1024;

    public static FileReading<PriceSnapshot> Read(string file, ReadOnlyMemory<byte> bytes) => Read(file, bytes, MappingBeside(file));

    /// <param name="mappingFile">Null for the titles that are known anyway.</param>
    public static FileReading<PriceSnapshot> Read(string file, ReadOnlyMemory<byte> bytes, string? mappingFile) =>
        Snapshot(ReadRows(file, bytes, mappingFile));

    /// <param name="mapping">The mapping file's bytes; null for the titles that are known anyway.</param>
    public static FileReading<PriceSnapshot> ReadWith(string file, ReadOnlyMemory<byte> bytes, byte[]? mapping)
    {
        var problems = new List<FileProblem>();
        var columns = mapping is null ? PriceMapping.Default : PriceMapping.Read(file + MappingSuffix, mapping, problems);
        return Snapshot(columns is null ? new(null, problems, []) : ReadRows(file, bytes, columns));
    }

    /// <summary>The bytes of the mapping file beside a list; null where there is none.</summary>
    public static byte[]? MappingBytes(string file) => MappingBeside(file) is { } mapping ? File.ReadAllBytes(mapping) : null;

    /// <summary>Reads without building a search.</summary>
    public static FileReading<PriceRows> ReadRows(string file, ReadOnlyMemory<byte> bytes) => ReadRows(file, bytes, MappingBeside(file));

    private static FileReading<PriceRows> ReadRows(string file, ReadOnlyMemory<byte> bytes, string? mappingFile)
    {
        var problems = new List<FileProblem>();
        var mapping = mappingFile is null ? PriceMapping.Default : ReadMapping(mappingFile, problems);
        return mapping is null ? new(null, problems, []) : ReadRows(file, bytes, mapping);
    }

    private static FileReading<PriceSnapshot> Snapshot(FileReading<PriceRows> rows) =>
        new(rows.Value is { } read ? PriceSnapshot.Build(read.Products, read.Report) : null, rows.Problems, rows.Warnings);

    private static FileReading<PriceRows> ReadRows(string file, ReadOnlyMemory<byte> bytes, PriceMapping mapping)
    {
        try
        {
            var rows = Rows(file, bytes);
            if (PriceColumns.Find(rows, mapping) is not { } columns)
                return Refused(file, "has no row with the titles of name and price; name them in a mapping file", "не содержит строки с заголовками названия и цены; укажите их в файле соответствия");
            var (products, report) = new PriceReader(rows, columns, mapping).Read();
            if (products.Count == 0) return Refused(file, "has no products", "не содержит товаров");
            return new(new PriceRows(products, report), [], []);
        }
        catch (InvalidDataException wrong)
        {
            return Refused(file, $"cannot be read: {wrong.Message}", $"не читается: {wrong.Message}");
        }
    }

    private static string? MappingBeside(string file) => File.Exists(file + MappingSuffix) ? file + MappingSuffix : null;

    private static PriceMapping? ReadMapping(string file, List<FileProblem> problems)
    {
        try
        {
            return PriceMapping.Read(file, File.ReadAllBytes(file), problems);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            problems.Add(new(file, $"cannot be read ({wrong.GetType().Name})", $"не читается ({wrong.GetType().Name})"));
            return null;
        }
    }

    /// <summary>The content says what it is; the name's ending often does not.</summary>
    private static List<PriceRow> Rows(string file, ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length == 0) throw new InvalidDataException("empty");
        if (bytes.Length > MostBytes) throw new InvalidDataException($"larger than {MostBytes / 1024 / 1024} MB");
        if (bytes.Span.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0])) return SheetRows.Read(bytes.ToArray(), isOld: true);
        if (bytes.Span.StartsWith("PK\u0003\u0004"u8)) return SheetRows.Read(bytes.ToArray(), isOld: false);
        if (Path.GetExtension(file).ToLowerInvariant() is ".xls" or ".xlsx") throw new InvalidDataException("no Excel workbook");
        return TextRows.Read(bytes);
    }

    private static FileReading<PriceRows> Refused(string file, string english, string russian) => new(null, [new(file, english, russian)], []);
}

using OptFm.Server.Content;
using OptFm.Server.Settings;
using OptFm.Server.Storage;

namespace OptFm.Server.Products;

/// <summary>Where the shop's price list is.</summary>
public sealed record PriceOptions
{
    public static readonly Setting File = new("PRICE_FILE", "", "path of a .xls, .xlsx or .csv file, or empty", "The price list. Empty: what `optfm price import` stored in DATA_DIR, if anything. Read again whenever it changes; on PostgreSQL as FAQ_FILE.", "Прайс-лист. Пусто: тот, что `optfm price import` положил в DATA_DIR, если он есть. Перечитывается при изменении; на PostgreSQL — как FAQ_FILE.");

    /// <summary>What an import writes in DATA_DIR.</summary>
    private const string ImportedName = "price.csv";

    public static IReadOnlyList<Setting> All { get; } = [File];

    /// <summary>Absolute; the file may be absent where it was not named.</summary>
    public required string PriceFile { get; init; }

    /// <summary>Where an import goes.</summary>
    public required string ImportTarget { get; init; }

    /// <summary>How nodes that share a database have it.</summary>
    internal SharedFileOptions Shared => new(ContentName.Price, PriceFile)
    {
        MostBytes = Products.PriceFile.MostBytes,
        Mapping = () => Products.PriceFile.MappingBytes(PriceFile),
        MayBeAbsent = PriceFile == ImportTarget,
    };

    public static PriceOptions Read(SettingsReader settings)
    {
        var imported = Path.Combine(Path.GetFullPath(settings.Text(StorageOptions.DataDir)), ImportedName);
        return new() { PriceFile = settings.IsSet(File) ? settings.ContentFile(File) : imported, ImportTarget = imported };
    }
}

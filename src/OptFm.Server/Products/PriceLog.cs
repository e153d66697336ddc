namespace OptFm.Server.Products;

/// <summary>What the log says of the price list.</summary>
internal static partial class PriceLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "The price list was read: {Products} products, {Unread} rows not read")]
    public static partial void PriceRead(this ILogger log, int products, int unread);
}

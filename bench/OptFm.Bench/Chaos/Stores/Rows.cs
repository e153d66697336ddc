using System.Data.Common;
using System.Globalization;
using System.Text;

namespace OptFm.Bench.Chaos.Stores;

/// <summary>Reads whatever a query brings as text.</summary>
internal static class Rows
{
    public static async Task<IReadOnlyList<string?[]>> ReadAsync(DbCommand command)
    {
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string?[]>();
        while (await reader.ReadAsync()) rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(column => Text(reader, column))]);
        return rows;
    }

    private static string? Text(DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetValue(column) switch
    {
        byte[] bytes => Encoding.UTF8.GetString(bytes),
        var value => Convert.ToString(value, CultureInfo.InvariantCulture),
    };
}

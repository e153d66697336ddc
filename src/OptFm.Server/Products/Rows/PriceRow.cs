namespace OptFm.Server.Products.Rows;

/// <summary>One row of a sheet.</summary>
/// <param name="Number">From 1, as a spreadsheet shows it.</param>
/// <param name="Level">Outline level, 0 to 7; 0 where the format has none.</param>
/// <param name="Cells">Texts without outer spaces; numbers as plain as they were typed.</param>
public sealed record PriceRow(int Number, int Level, IReadOnlyList<string> Cells)
{
    public string Cell(int? column) => column is { } index && index < Cells.Count ? Cells[index] : "";

    public bool IsEmpty => Cells.All(cell => cell.Length == 0);
}

namespace OptFm.Search.Classification;

/// <summary>Makes the columns of a tall matrix orthonormal by Cholesky QR: the Gram matrix's triangle, and its inverse applied to each row.</summary>
internal static class Orthonormal
{
    private const double Least = 1e-12;

    /// <param name="rows">Row after row.</param>
    public static void Columns(float[] rows, int columns)
    {
        if (columns == 0) return;
        var triangle = Cholesky(Gram(rows, columns));
        for (var start = 0; start < rows.Length; start += columns) Solve(triangle, rows.AsSpan(start, columns));
    }

    private static double[][] Gram(float[] rows, int columns)
    {
        var gram = Enumerable.Range(0, columns).Select(i => new double[i + 1]).ToArray();
        for (var start = 0; start < rows.Length; start += columns)
        {
            for (var i = 0; i < columns; i++)
            {
                double value = rows[start + i];
                if (value == 0) continue;
                var line = gram[i];
                for (var j = 0; j <= i; j++) line[j] += value * rows[start + j];
            }
        }

        return gram;
    }

    private static double[][] Cholesky(double[][] matrix)
    {
        for (var i = 0; i < matrix.Length; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = matrix[i][j];
                for (var k = 0; k < j; k++) sum -= matrix[i][k] * matrix[j][k];
                matrix[i][j] = i == j ? Math.Sqrt(Math.Max(sum, Least)) : sum / matrix[j][j];
            }
        }

        return matrix;
    }

    private static void Solve(double[][] triangle, Span<float> row)
    {
        for (var i = 0; i < row.Length; i++)
        {
            double sum = row[i];
            for (var k = 0; k < i; k++) sum -= triangle[i][k] * row[k];
            row[i] = (float)(sum / triangle[i][i]);
        }
    }
}

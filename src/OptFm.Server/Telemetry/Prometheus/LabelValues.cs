namespace OptFm.Server.Telemetry.Prometheus;

/// <summary>The values of a series' labels, in the order in which its instrument names them. At most three: no allocation on the hot path.</summary>
internal readonly record struct LabelValues(string? First, string? Second, string? Third)
{
    public static LabelValues Of(ReadOnlySpan<KeyValuePair<string, object?>> tags) => new(At(tags, 0), At(tags, 1), At(tags, 2));

    public string? this[int index] => index switch
    {
        0 => First,
        1 => Second,
        _ => Third,
    };

    private static string? At(ReadOnlySpan<KeyValuePair<string, object?>> tags, int index) => index < tags.Length ? tags[index].Value as string ?? "" : null;
}

namespace OptFm.Sandbox.Http;

/// <summary>What a messenger answers to one call.</summary>
internal readonly record struct ApiAnswer(int Status, ReadOnlyMemory<byte> Body)
{
    internal string ContentType { get; init; } = "application/json; charset=utf-8";

    internal int? RetryAfterSeconds { get; init; }
}

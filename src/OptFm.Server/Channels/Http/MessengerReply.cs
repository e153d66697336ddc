using System.Text.Json;

namespace OptFm.Server.Channels.Http;

/// <summary>How far a call got.</summary>
public enum CallProgress
{
    /// <summary>The messenger answered, whatever it said.</summary>
    Answered,

    /// <summary>The request certainly did not reach the messenger.</summary>
    NotSent,

    /// <summary>The request was written, or may have been, and no whole answer came.</summary>
    Lost,
}

/// <summary>A messenger's answer to one call, or why there is none.</summary>
public sealed record MessengerReply(CallProgress Progress)
{
    /// <summary>The HTTP status, 0 where no answer came.</summary>
    public int Status { get; init; }

    /// <summary>The body where it is a JSON object, else undefined: proxies answer with HTML, MAX at times with XML.</summary>
    public JsonElement Json { get; init; }

    /// <summary>The same as bytes.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The <c>Retry-After</c> header.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Why no answer came; fit for a log.</summary>
    public string Reason { get; init; } = "";

    public bool IsSuccess => Status is >= 200 and < 300;

    public bool HasJson => Json.ValueKind == JsonValueKind.Object;

    public static MessengerReply NotSent(string reason) => new(CallProgress.NotSent) { Reason = reason };

    public static MessengerReply Lost(string reason) => new(CallProgress.Lost) { Reason = reason };
}

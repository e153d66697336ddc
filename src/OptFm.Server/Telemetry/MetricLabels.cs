using System.Collections.Frozen;

namespace OptFm.Server.Telemetry;

/// <summary>The values that labels can have: few, and all here. Whatever else comes is <c>other</c>.</summary>
internal static class MetricLabels
{
    public const string Other = "other";

    /// <summary>Why a delivery was not taken.</summary>
    public static readonly IReadOnlyList<string> Refusals = ["address", "content_type", "size", "secret", "form", "store"];

    /// <summary>What went wrong with a call of a messenger's API.</summary>
    public static readonly IReadOnlyList<string> ApiErrors = ["http_400", "http_401", "http_403", "http_404", "http_409", "http_429", "http_4xx", "http_5xx", "not_connected", "timeout", "lost"];

    public static readonly IReadOnlyList<string> Questions = ["answered", "suggested", "unknown"];

    public static readonly IReadOnlyList<string> Searches = ["found", "nothing", "unsure"];

    private static readonly FrozenSet<string> Steps = ((string[])
    [
        "brands", "categories", "contacts", "error", "fallback", "faq", "help", "menu", "not-text", "price", "price-nothing", "price-or-faq",
        "skipped", "small-talk", "stale", "start", "stopped", "suggest",
    ]).ToFrozenSet(StringComparer.Ordinal);

    public static string Step(string step) => Steps.Contains(step) ? step : Other;

    /// <returns>What became of a written question; null where the step answers no question.</returns>
    public static string? Question(string step) => step switch
    {
        "faq" => "answered",
        "suggest" => "suggested",
        "fallback" => "unknown",
        _ => null,
    };

    /// <returns>What became of a written search; null where the step is none.</returns>
    public static string? Search(string step) => step switch
    {
        "price" => "found",
        "price-nothing" => "nothing",
        "price-or-faq" => "unsure",
        _ => null,
    };

    /// <returns>Null for a success.</returns>
    public static string? ApiError(int status) => status switch
    {
        400 => "http_400",
        401 => "http_401",
        403 => "http_403",
        404 => "http_404",
        409 => "http_409",
        429 => "http_429",
        >= 500 => "http_5xx",
        >= 400 => "http_4xx",
        _ => null,
    };
}

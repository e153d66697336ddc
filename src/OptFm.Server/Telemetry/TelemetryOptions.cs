using System.Globalization;
using OptFm.Server.Settings;

namespace OptFm.Server.Telemetry;

/// <summary>Who may read the figures, and where traces and metrics are sent, if anywhere.</summary>
/// <remarks>
/// The names that begin with OTEL_ are OpenTelemetry's own; those not listed here work too, as its documents say.
/// https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/
/// </remarks>
public sealed record TelemetryOptions
{
    private const string Prefix = "OTEL_";

    public static readonly Setting MetricsAllowed = new("METRICS_ALLOWED", "127.0.0.0/8,::1", "addresses or networks, comma-separated", "Who may read /metrics; for everybody else there is no such page. TRUSTED_PROXIES count as on the way.", "Кому отвечает /metrics; для остальных такой страницы нет. Адрес определяется с учётом TRUSTED_PROXIES.");
    public static readonly Setting Endpoint = new("OTEL_EXPORTER_OTLP_ENDPOINT", "", "http(s) address", "OpenTelemetry collector that gets traces and metrics. Empty: nothing is sent anywhere.", "Сборщик OpenTelemetry, который получает трассы и метрики. Пусто: никуда ничего не отправляется.");
    public static readonly Setting Protocol = new("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc", "grpc or http/protobuf", "How the collector is spoken to.", "Каким протоколом говорить со сборщиком.");
    public static readonly Setting Headers = new("OTEL_EXPORTER_OTLP_HEADERS", "", "name=value, comma-separated", "Headers for the collector, such as its key.", "Заголовки для сборщика, например его ключ.") { Secret = true };
    public static readonly Setting Sampler = new("OTEL_TRACES_SAMPLER", "parentbased_always_on", "a name of OpenTelemetry's", "Which messages are traced: all (parentbased_always_on), none (always_off), a share (parentbased_traceidratio).", "Какие сообщения трассируются: все (parentbased_always_on), никакие (always_off), доля (parentbased_traceidratio).");
    public static readonly Setting SamplerShare = new("OTEL_TRACES_SAMPLER_ARG", "1", "0–1", "The share of messages that is traced, for the samplers named traceidratio.", "Доля трассируемых сообщений для вариантов со словом traceidratio.");
    public static readonly Setting ServiceName = new("OTEL_SERVICE_NAME", "optfm", "a name", "What this server is called at the collector.", "Как этот сервер называется у сборщика.");

    public static IReadOnlyList<Setting> All { get; } = [MetricsAllowed, Endpoint, Protocol, Headers, Sampler, SamplerShare, ServiceName];

    public required IReadOnlyList<System.Net.IPNetwork> Allowed { get; init; }

    /// <summary>Whether traces and metrics are sent to a collector.</summary>
    public required bool Exports { get; init; }

    /// <summary>What OpenTelemetry is told, by its own names.</summary>
    public required IReadOnlyDictionary<string, string> OpenTelemetry { get; init; }

    public static TelemetryOptions Read(SettingsReader settings)
    {
        var protocol = settings.Choice(Protocol, "grpc", "http/protobuf");
        var sampler = settings.Choice(
            Sampler, "parentbased_always_on", "parentbased_always_off", "parentbased_traceidratio", "always_on", "always_off", "traceidratio");
        CheckShare(settings);
        CheckHeaders(settings);
        var told = new Dictionary<string, string>(settings.Named(Prefix), StringComparer.Ordinal)
        {
            [Protocol.Name] = protocol,
            [Sampler.Name] = sampler,
            [SamplerShare.Name] = settings.Text(SamplerShare),
            [ServiceName.Name] = settings.Text(ServiceName),
        };
        return new TelemetryOptions
        {
            Allowed = settings.Networks(MetricsAllowed),
            Exports = settings.Address(Endpoint) is not null,
            OpenTelemetry = told,
        };
    }

    private static void CheckShare(SettingsReader settings)
    {
        var text = settings.Text(SamplerShare);
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var share) && share is >= 0 and <= 1) return;
        settings.Fail(SamplerShare, $"is '{text}', expected a number from 0 to 1 such as 0.1", $"равно '{text}', а нужно число от 0 до 1, например 0.1");
    }

    private static void CheckHeaders(SettingsReader settings)
    {
        var pairs = settings.Text(Headers).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (pairs.All(pair => pair.IndexOf('=') > 0)) return;
        settings.Fail(Headers, "must be name=value pairs, comma-separated", "— нужны пары имя=значение через запятую");
    }
}

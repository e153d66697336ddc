using System.Net.Http;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OptFm.Server.Doctor.Checks;

/// <summary>What the running server has found in the course of time, which one look cannot: it says so in its health.</summary>
internal sealed class WatchCheck : ICheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly MessengerDiagnoses[] Messengers = [MessengerDiagnoses.Max, MessengerDiagnoses.Telegram];

    public IReadOnlyList<Diagnosis> Diagnoses { get; } = [.. Messengers.SelectMany(about => new[] { about.Quarrel, about.Refusals })];

    public async Task<IReadOnlyList<Finding>> RunAsync(DoctorContext context, CancellationToken stop)
    {
        if (context.Settings.Http.ListenPort == 0) return [];

        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { BaseAddress = context.Settings.Http.LocalAddress, Timeout = Patience };
        var warnings = await AskAsync(client, stop);
        return warnings is null ? [] : [.. Diagnoses.Where(diagnosis => IsOn(diagnosis, context)).Select(diagnosis => Judge(diagnosis, warnings))];
    }

    private static bool IsOn(Diagnosis diagnosis, DoctorContext context) =>
        diagnosis.Id.StartsWith("max", StringComparison.Ordinal) ? context.Settings.Max.Enabled : context.Settings.Telegram.Enabled;

    private static Finding Judge(Diagnosis diagnosis, JsonArray warnings)
    {
        var warning = warnings.OfType<JsonObject>().FirstOrDefault(known => Text(known["id"]) == diagnosis.Id);
        if (warning is null) return diagnosis.Ok();

        var since = Channels.UpdateJson.Name(Text(warning["since"]));
        var details = "journalctl -u optfm";
        return diagnosis.Id.EndsWith("quarrel", StringComparison.Ordinal)
            ? diagnosis.Warning(($"the subscription does not last since {since}: somebody else removes it ({details})", $"с {since} подписка не держится: её удаляет кто-то ещё ({details})"))
            : Leveled(diagnosis, Text(warning["level"]), since, details);
    }

    private static Finding Leveled(Diagnosis diagnosis, string level, string since, string details)
    {
        Settings.Words what = ($"since {since} the server refuses every delivery ({details})", $"с {since} сервер отклоняет все доставки ({details})");
        return level == "failure" ? diagnosis.Failure(what) : diagnosis.Warning(what);
    }

    /// <returns>Null where no server answers, which is another check's to say, or one of an older version.</returns>
    private static async Task<JsonArray?> AskAsync(HttpClient client, CancellationToken stop)
    {
        try
        {
            using var answer = await client.GetAsync(new Uri("/health", UriKind.Relative), stop);
            return (JsonNode.Parse(await answer.Content.ReadAsStringAsync(stop)) as JsonObject)?["warnings"] as JsonArray;
        }
        catch (Exception e) when (e is JsonException or HttpRequestException || (e is OperationCanceledException && !stop.IsCancellationRequested))
        {
            return null;
        }
    }

    private static string Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";
}

using System.Net.Http;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using OptFm.Server.Channels;
using OptFm.Server.Operations;

namespace OptFm.Server.Doctor.Checks;

/// <summary>Whether the bot answers on its own port, who does if it does not, and how the bot says it is.</summary>
internal sealed class ServerCheck : ICheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly Diagnosis Running = new(
        "server", Area.Server,
        ("the bot runs and is well", "бот работает и здоров"),
        ("While it does not run nobody gets an answer.", "Пока он не работает, никто не получает ответа."),
        "sudo systemctl restart optfm; sudo journalctl -u optfm -n 50");

    private static readonly Diagnosis Port = new(
        "port", Area.Server,
        ("the bot's port is its own", "порт бота занят самим ботом"),
        ("Another program on the port keeps the bot from starting.", "Другая программа на этом порту не даёт боту запуститься."),
        "sudo ss -ltnp");

    private static readonly Diagnosis Version = new(
        "server-version", Area.Server,
        ("the running version", "работающая версия"),
        ("An upgrade is in force only after a restart.", "Обновление действует только после перезапуска."),
        "sudo systemctl restart optfm");

    private static readonly Diagnosis Settings = new(
        "settings-in-force", Area.Server,
        ("the settings are in force", "настройки действуют"),
        ("The bot reads its settings at its start.", "Бот читает настройки при запуске."),
        "sudo systemctl restart optfm");

    private static readonly Diagnosis Component = new(
        "server-component", Area.Server,
        ("parts of the bot", "части бота"),
        ("The bot runs, and a part of it does not do its work.", "Бот работает, но одна из его частей — нет."),
        "sudo journalctl -u optfm -n 50");

    public IReadOnlyList<Diagnosis> Diagnoses { get; } = [Running, Port, Version, Settings, Component];

    public async Task<IReadOnlyList<Finding>> RunAsync(DoctorContext context, CancellationToken stop)
    {
        var http = context.Settings.Http;
        if (http.ListenPort == 0) return [];

        var address = http.LocalAddress;
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { BaseAddress = address, Timeout = Patience };
        var visit = await VisitAsync(client, stop);
        if (visit.Health is { } health) return [.. await JudgeAsync(health, client, context, stop)];
        if (visit.Busy) return [await StrangerAsync(address, context, stop)];

        var start = context.Installed ? "sudo systemctl start optfm; sudo journalctl -u optfm -n 50" : "optfm serve";
        return [Running.Failure(($"the bot does not run: nobody listens on {address.Authority}", $"бот не работает: {address.Authority} никто не слушает"), start)];
    }

    private static async Task<(bool Busy, JsonObject? Health)> VisitAsync(HttpClient client, CancellationToken stop)
    {
        try
        {
            using var answer = await client.GetAsync(new Uri("/health", UriKind.Relative), stop);
            var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync(stop)) as JsonObject;
            return (true, body?["components"] is JsonObject && body["version"] is JsonValue ? body : null);
        }
        catch (JsonException)
        {
            return (true, null);
        }
        catch (HttpRequestException e)
        {
            return (e.InnerException is not SocketException, null);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return (true, null);
        }
    }

    private static async Task<Finding> StrangerAsync(Uri address, DoctorContext context, CancellationToken stop)
    {
        var who = await PortOwner.FindAsync(context, address.Port, stop);
        if (who is "optfm") return Running.Failure(($"the bot hangs: it holds {address.Authority} and does not answer", $"бот завис: занял {address.Authority} и не отвечает"));

        var (english, russian) = who is null ? ("another program", "другой программой") : ($"another program, {who}", $"другой программой — {who}");
        return Port.Failure(
            ($"{address.Authority} is taken by {english}", $"{address.Authority} занят {russian}"),
            $"sudo ss -ltnp 'sport = :{address.Port}'; {context.EditSettings}   # PORT");
    }

    private static async Task<IEnumerable<Finding>> JudgeAsync(JsonObject health, HttpClient client, DoctorContext context, CancellationToken stop)
    {
        var findings = new List<Finding> { await StateAsync(health, client, context, stop), Port.Ok() };
        var version = Text(health["version"]);
        findings.Add(version == Health.Version
            ? Version.Ok()
            : Version.Warning(($"version {version} still runs, {Health.Version} is installed", $"ещё работает версия {version}, а установлена {Health.Version}"), context.Restart));
        findings.Add(InForce(health, context));
        var weak = health["components"]!.AsObject().Where(part => Text(part.Value?["status"]) is "degraded" or "down").ToList();
        findings.AddRange(weak.Select(part => Weak(part.Key, part.Value!.AsObject())));
        if (weak.Count == 0) findings.Add(Component.Ok());
        return findings;
    }

    private static async Task<Finding> StateAsync(JsonObject health, HttpClient client, DoctorContext context, CancellationToken stop)
    {
        if (Text(health["status"]) == "healthy") return Running.Ok();

        // The disk has a check of its own, which says more.
        var verdict = await new HealthVisit(client, static () => true, context.Clock) { Attempts = 1, Patience = Patience }.AskAsync(stop);
        return verdict == HealthVerdict.Well
            ? Running.Ok()
            : Running.Failure(("the bot says of itself that it cannot work", "бот сам сообщает, что не может работать"));
    }

    private static Finding InForce(JsonObject health, DoctorContext context)
    {
        if (context.SettingsFile is not { } file || !File.Exists(file) || health["uptime_seconds"] is not JsonValue uptime || !uptime.TryGetValue<long>(out var seconds))
            return Settings.Ok();

        var started = context.Clock.GetUtcNow() - TimeSpan.FromSeconds(seconds + 1);
        return File.GetLastWriteTimeUtc(file) <= started.UtcDateTime.AddSeconds(1)
            ? Settings.Ok()
            : Settings.Warning(($"{file} was changed after the bot started", $"{file} изменён после запуска бота"), context.Restart);
    }

    private static Finding Weak(string name, JsonObject part)
    {
        var error = Text(part["last_error"]) is { Length: > 0 } code ? $" ({code})" : "";
        return Component.Warning(($"the bot reports trouble with {UpdateJson.Name(name)}{error}", $"бот сообщает о неполадке: {UpdateJson.Name(name)}{error}"));
    }

    private static string Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? UpdateJson.Name(text) : "";
}

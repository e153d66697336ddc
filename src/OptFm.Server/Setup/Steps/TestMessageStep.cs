using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using OptFm.Server.Channels;
using OptFm.Server.Faq;
using OptFm.Server.Settings;

namespace OptFm.Server.Setup.Steps;

/// <summary>Asks the running server the first question of its FAQ, as a visitor of its page would: stored, answered, sent, and seen by nobody else.</summary>
internal sealed class TestMessageStep : ISetupStep
{
    private const int MostShown = 200;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public Task<Words?> PlanAsync(SetupContext setup, CancellationToken stop) =>
        Task.FromResult<Words?>(new("Ask the bot a question, as a customer would", "Задать боту вопрос, как это сделал бы покупатель"));

    public async Task<StepOutcome> ApplyAsync(SetupContext setup, CancellationToken stop)
    {
        if (FirstQuestion(setup) is not { } question) return StepOutcome.Failed("the FAQ cannot be read: optfm faq check", "FAQ не читается: optfm faq check");

        using var http = new HttpClient { BaseAddress = setup.Loaded.Settings.Http.LocalAddress };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(Patience);
        try
        {
            var clock = setup.Machine.Clock;
            var start = clock.GetTimestamp();
            var answer = await AskAsync(http, question, limit.Token);
            var seconds = clock.GetElapsedTime(start).TotalSeconds;
            return StepOutcome.Done($"asked and answered in {seconds:0.0} s", $"вопрос и ответ за {seconds:0.0} с") with { Output = $"? {question}\n! {Short(answer)}" };
        }
        catch (Exception e) when (e is HttpRequestException or IOException or JsonException || (e is OperationCanceledException && !stop.IsCancellationRequested))
        {
            return setup.Machine.HasSystemd
                ? StepOutcome.Failed("the running server gave no answer: sudo journalctl -u optfm -n 50", "работающий сервер не ответил: sudo journalctl -u optfm -n 50")
                : StepOutcome.Skipped("there is no systemd here: start `optfm serve` your way, then sudo optfm setup", "systemd здесь нет: запустите `optfm serve` своим способом, затем sudo optfm setup");
        }
    }

    private static string? FirstQuestion(SetupContext setup)
    {
        var file = setup.Loaded.Settings.Faq.FaqFile;
        return File.Exists(file) ? FaqFile.ReadEntries(file, File.ReadAllBytes(file)).Value?[0].Question : null;
    }

    /// <summary>The session's cookie ties the answers to this question.</summary>
    private static async Task<string> AskAsync(HttpClient http, string question, CancellationToken stop)
    {
        using var posted = await http.PostAsJsonAsync("/chat/messages", new { id = "setup", text = question }, stop);
        posted.EnsureSuccessStatusCode();
        using var listen = new HttpRequestMessage(HttpMethod.Get, "/chat/events");
        if (posted.Headers.TryGetValues("Set-Cookie", out var cookies)) listen.Headers.Add("Cookie", cookies.Select(c => c.Split(';')[0]));
        using var events = await http.SendAsync(listen, HttpCompletionOption.ResponseHeadersRead, stop);
        events.EnsureSuccessStatusCode();
        using var lines = new StreamReader(await events.Content.ReadAsStreamAsync(stop), Encoding.UTF8);
        while (await lines.ReadLineAsync(stop) is { } line)
        {
            // Events that are no reply, such as that the bot is writing, have no spans.
            if (line.StartsWith("data: ", StringComparison.Ordinal) && Text(line[6..]) is { Length: > 0 } text) return text;
        }

        throw new IOException("the answers broke off");
    }

    private static string Text(string json)
    {
        using var reply = JsonDocument.Parse(json);
        var spans = reply.RootElement.Get("spans");
        return spans.ValueKind == JsonValueKind.Array ? string.Concat(spans.EnumerateArray().Select(span => span.Get("text").Text())) : "";
    }

    private static string Short(string answer)
    {
        var line = answer.ReplaceLineEndings(" ");
        return line.Length > MostShown ? string.Concat(line.AsSpan(0, MostShown), "…") : line;
    }
}

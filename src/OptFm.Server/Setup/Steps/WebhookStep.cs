using Microsoft.Extensions.Logging.Abstractions;
using OptFm.Server.Cli;
using OptFm.Server.Settings;

namespace OptFm.Server.Setup.Steps;

/// <summary>Tells the messengers where to deliver; where the bot fetches updates, a webhook that stands would keep them from it.</summary>
internal sealed class WebhookStep : ISetupStep
{
    public Task<Words?> PlanAsync(SetupContext setup, CancellationToken stop)
    {
        var names = string.Join(", ", Messengers(setup).Select(m => m == "max" ? "MAX" : "Telegram"));
        if (names.Length == 0) return Task.FromResult<Words?>(null);
        return Task.FromResult<Words?>(setup.Choices.Domain.Length > 0
            ? new($"{names}: deliver messages to https://{setup.Choices.Domain}/webhook/…", $"{names}: доставлять сообщения на https://{setup.Choices.Domain}/webhook/…")
            : new($"{names}: no webhook, the bot fetches messages itself", $"{names}: без вебхука, бот забирает сообщения сам"));
    }

    public async Task<StepOutcome> ApplyAsync(SetupContext setup, CancellationToken stop)
    {
        if (setup.Choices.Nginx && !File.Exists(setup.Machine.PathOf(setup.Choices.FullChain)))
            return StepOutcome.Failed("messengers are not told the address yet: nginx does not serve it", "мессенджерам адрес ещё не сообщён: nginx его не обслуживает");

        await using var said = new StringWriter();
        var failed = 0;
        foreach (var messenger in Messengers(setup))
        {
            using var desk = WebhookDesk.Open(setup.Loaded, messenger, said, said, setup.Machine.Clock, NullLoggerFactory.Instance);
            var code = desk is null ? 1 : setup.Choices.Domain.Length > 0 ? await desk.SetAsync(stop) : await desk.DeleteAsync(stop);
            if (code != 0) failed++;
        }

        return (failed == 0
            ? StepOutcome.Done("the messengers know where to deliver", "мессенджеры знают, куда доставлять")
            : StepOutcome.Failed("a messenger could not be told where to deliver; later: sudo optfm webhook set max|telegram", "не удалось сообщить мессенджеру, куда доставлять; позже: sudo optfm webhook set max|telegram")) with
        { Output = said.ToString().TrimEnd() };
    }

    private static IEnumerable<string> Messengers(SetupContext setup)
    {
        if (setup.Loaded.Settings.Max.Enabled) yield return "max";
        if (setup.Loaded.Settings.Telegram.Enabled) yield return "telegram";
    }
}

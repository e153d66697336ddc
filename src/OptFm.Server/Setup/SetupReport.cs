using OptFm.Server.Settings;

namespace OptFm.Server.Setup;

/// <summary>Makes the planned changes one after the other and tells of each how it went, then what was not done and what to do next.</summary>
internal sealed class SetupReport(IReadOnlyList<ISetupStep> plan, SetupContext setup, TextWriter output)
{
    private int _failed;
    private int _skipped;

    public async Task<int> ApplyAsync(CancellationToken stop)
    {
        for (var i = 0; i < plan.Count; i++)
        {
            if (stop.IsCancellationRequested) return await InterruptedAsync(i);

            var outcome = await ApplyAsync(plan[i], stop);
            if (outcome is null) return await InterruptedAsync(i);
            Tell(i, outcome);
            if (outcome.State == StepState.Failed && plan[i].IsEssential) return await StoppedAsync(i + 1);
        }

        return Summary();
    }

    /// <returns>Null when it was interrupted.</returns>
    private async Task<StepOutcome?> ApplyAsync(ISetupStep step, CancellationToken stop)
    {
        try
        {
            return await step.ApplyAsync(setup, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A full disk, a read-only one: the message names the file and holds nothing of it.
            return StepOutcome.Failed($"could not be written: {e.Message}", $"записать не удалось: {e.Message}");
        }
    }

    private void Tell(int index, StepOutcome outcome)
    {
        if (outcome.State == StepState.Failed) _failed++;
        if (outcome.State == StepState.Skipped) _skipped++;
        var sign = outcome.State switch { StepState.Done => "ok", StepState.Skipped => "--", _ => "!!" };
        output.WriteLine($"  {index + 1}. [{sign}] {outcome.What.In(setup.Language)}");
        if (outcome.Output.Length == 0) return;
        foreach (var line in outcome.Output.Split('\n')) output.WriteLine($"       {line}");
    }

    private int Summary()
    {
        Say("", "");
        if (_failed == 0) Say("Done. Check everything at any time: sudo optfm doctor", "Готово. Проверить всё в любой момент: sudo optfm doctor");
        else Say($"Not everything worked: {_failed} of {plan.Count} (marked !!). Mend it and run sudo optfm setup again: it goes on from here.", $"Получилось не всё: {_failed} из {plan.Count} (отмечено !!). Исправьте и снова запустите sudo optfm setup: он продолжит отсюда.");
        if (_skipped > 0) Say("What is marked -- was left out; the bot works without it.", "Отмеченное -- пропущено; бот работает и без этого.");
        if (_failed == 0 && setup.Loaded.Settings.Max.Enabled) Say("Now write to your bot in MAX: it answers.", "Теперь напишите своему боту в MAX: он ответит.");
        if (_failed == 0 && setup.Loaded.Settings.Telegram.Enabled) Say("Now write to your bot in Telegram: it answers.", "Теперь напишите своему боту в Telegram: он ответит.");
        if (_failed == 0 && setup.Choices.WebPage) Say($"The page: https://{setup.Choices.Domain}/", $"Страница: https://{setup.Choices.Domain}/");
        return _failed == 0 ? 0 : 1;
    }

    private async Task<int> InterruptedAsync(int from)
    {
        Say("Interrupted.", "Прервано.");
        await NotDoneAsync(from);
        return SetupRun.Interrupted;
    }

    private async Task<int> StoppedAsync(int from)
    {
        await NotDoneAsync(from);
        return 1;
    }

    private async Task NotDoneAsync(int from)
    {
        Say("Not done:", "Не сделано:");
        foreach (var step in plan.Skip(from))
        {
            if (await step.PlanAsync(setup, CancellationToken.None) is { } words) Say($"  - {words.English}", $"  - {words.Russian}");
        }

        Say("Run sudo optfm setup again: it goes on from here.", "Снова запустите sudo optfm setup: он продолжит отсюда.");
    }

    private void Say(string english, string russian) => output.WriteLine(new Words(english, russian).In(setup.Language));
}

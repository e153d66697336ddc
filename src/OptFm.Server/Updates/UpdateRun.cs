using OptFm.Server.Operations;

namespace OptFm.Server.Updates;

/// <summary>What an update ended with: the exit codes of <c>optfm update</c>.</summary>
public enum UpdateOutcome
{
    Updated = 0,
    RolledBack = 1,
    Refused = 2,
    Broken = 3,
}

/// <summary>
/// The update itself, from a journal that says how far it has come: replaces the program, watches it, puts the old one back. Each step may
/// be interrupted and done again.
/// </summary>
internal sealed class UpdateRun(UpdateJournal journal, UpdateLog log, TimeProvider clock)
{
    private static readonly TimeSpan LockPatience = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan DatabasePatience = TimeSpan.FromMinutes(30);

    private readonly IInstallation _installation = Installation.Of(journal.Kind, clock);
    private UpdateJournal _journal = journal;

    /// <summary>From the beginning.</summary>
    public async Task<UpdateOutcome> GoAsync(CancellationToken stop)
    {
        try
        {
            using var held = await _installation.LockAsync(TimeSpan.Zero, stop);
            Note(UpdateStep.Stopping);
            log.Say("Stopping the service", "Останавливаю службу");
            await ServiceControl.StopAsync();
            await DatabaseAsync("keep");
            Note(UpdateStep.Installing);
            log.Say($"Installing optfm {_journal.To}", $"Устанавливаю optfm {_journal.To}");
            await _installation.InstallAsync(_journal.Package);
        }
        catch (Exception e) when (e is UpdateException or IOException or UnauthorizedAccessException)
        {
            var problem = e as UpdateException ?? new(e.Message, e.Message);
            return _journal.Step < UpdateStep.Installing ? await AbandonAsync(problem) : await RollBackAsync(problem);
        }

        Note(UpdateStep.Started);
        return await WatchAsync(stop);
    }

    /// <summary>After an interruption, such as a power cut.</summary>
    public async Task<UpdateOutcome> ResumeAsync(CancellationToken stop)
    {
        log.Say($"The update to optfm {_journal.To} was interrupted.", $"Обновление до optfm {_journal.To} было прервано.");
        var interrupted = new UpdateException("It was interrupted.", "Обновление было прервано.");
        if (_journal.Step < UpdateStep.Installing) return await AbandonAsync(interrupted);
        if (_journal.Step != UpdateStep.Started || _journal.Resumed) return await RollBackAsync(interrupted);

        _journal = (_journal with { Resumed = true }).Write(UpdateFolder.Journal);
        return await WatchAsync(stop);
    }

    private void Note(UpdateStep step) => _journal = (_journal with { Step = step }).Write(UpdateFolder.Journal);

    private async Task<UpdateOutcome> WatchAsync(CancellationToken stop)
    {
        log.Say("Starting it, and waiting until it is healthy", "Запускаю и жду, пока она заработает");
        if (await StartAsync(stop) is { } problem) return await RollBackAsync(problem);

        await TryDatabaseAsync("drop");
        await EndAsync();
        log.Say($"optfm {_journal.To} is installed and healthy. The backup of before: {_journal.Backup}", $"optfm {_journal.To} установлена и работает. Копия данных до обновления: {_journal.Backup}");
        return UpdateOutcome.Updated;
    }

    /// <returns>What is wrong, or null where it is healthy.</returns>
    private async Task<UpdateException?> StartAsync(CancellationToken stop)
    {
        var within = TimeSpan.FromSeconds(_journal.WaitSeconds);
        var watch = new HealthWatch(ServiceControl.LookAsync, ServiceControl.IsWellAsync, clock) { Within = within, Settle = TimeSpan.FromSeconds(_journal.SettleSeconds) };
        await ServiceControl.StartAsync(within, stop);
        return await watch.RunAsync(stop);
    }

    /// <summary>Nothing was replaced yet: only the service has to run again.</summary>
    private async Task<UpdateOutcome> AbandonAsync(UpdateException why)
    {
        log.Say(why);
        await ServiceControl.StartAsync(TimeSpan.FromSeconds(_journal.WaitSeconds), CancellationToken.None);
        await TryDatabaseAsync("drop");
        await EndAsync();
        log.Say($"Nothing was changed: optfm {_journal.From} stays.", $"Ничего не изменено: остаётся optfm {_journal.From}.");
        return UpdateOutcome.Refused;
    }

    private async Task<UpdateOutcome> RollBackAsync(UpdateException why)
    {
        log.Say($"optfm {_journal.To} is given up:", $"От optfm {_journal.To} приходится отказаться:");
        log.Say(why);
        log.Quote(await ServiceControl.LastWordsAsync(10));
        try
        {
            Note(UpdateStep.RollingBack);
            using var held = await _installation.LockAsync(LockPatience, CancellationToken.None);
            await ServiceControl.StopAsync();
            log.Say($"Putting optfm {_journal.From} back", $"Возвращаю optfm {_journal.From}");
            await _installation.PutBackAsync();
            await DatabaseAsync("put-back", _journal.To);
        }
        catch (Exception e) when (e is UpdateException or IOException or UnauthorizedAccessException)
        {
            return Fail(e as UpdateException ?? new(e.Message, e.Message));
        }

        return await StartOldAsync();
    }

    private async Task<UpdateOutcome> StartOldAsync()
    {
        var problem = await StartAsync(CancellationToken.None);
        if (problem is null) await TryDatabaseAsync("drop");
        await EndAsync();
        log.Say(
            $"optfm {_journal.From} is back. What happened: {UpdateFolder.Log} and sudo journalctl -u optfm. The backup of before: {_journal.Backup}",
            $"Возвращена optfm {_journal.From}. Что произошло: {UpdateFolder.Log} и sudo journalctl -u optfm. Копия данных до обновления: {_journal.Backup}");
        if (problem is null) return UpdateOutcome.RolledBack;

        log.Say(problem);
        if (!_journal.WasWell)
        {
            log.Say("It was not healthy before the update either: sudo optfm health", "Она и до обновления не была здоровой: sudo optfm health");
            return UpdateOutcome.RolledBack;
        }

        log.Say("But it is not healthy now: sudo optfm health, sudo journalctl -u optfm -n 50", "Но сейчас она не работает: sudo optfm health, sudo journalctl -u optfm -n 50");
        return UpdateOutcome.Broken;
    }

    private UpdateOutcome Fail(UpdateException why)
    {
        log.Say("The old version could not be put back:", "Прежнюю версию вернуть не удалось:");
        log.Say(why);
        log.Say(
            $"Once that is mended: sudo {UpdateFolder.Resume}\nBy hand: sudo systemctl stop optfm; {_installation.ByHand}; sudo systemctl start optfm\nThe backup of before, for sudo optfm restore: {_journal.Backup}",
            $"Когда это исправлено: sudo {UpdateFolder.Resume}\nВручную: sudo systemctl stop optfm; {_installation.ByHand}; sudo systemctl start optfm\nКопия данных до обновления, для sudo optfm restore: {_journal.Backup}");
        return UpdateOutcome.Broken;
    }

    /// <summary>By the kept program, whatever is installed, as the service's user.</summary>
    private async Task DatabaseAsync(params string[] arguments)
    {
        var done = await ServiceControl.AsServiceAsync(UpdateFolder.KeptProgram, DatabasePatience, CancellationToken.None, ["update-database", .. arguments]);
        if (!done.Succeeded) throw new UpdateException($"The database: {done.Output}", $"База данных: {done.Output}");

        log.Quote(done.Output);
    }

    private async Task TryDatabaseAsync(string word)
    {
        try
        {
            await DatabaseAsync(word);
        }
        catch (UpdateException e)
        {
            log.Say(e);
        }
    }

    private static async Task EndAsync()
    {
        await ServiceControl.StartTimersAsync();
        Resumption.Disarm();
        File.Delete(UpdateFolder.Journal);
    }
}

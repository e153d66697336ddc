using System.CommandLine;
using OptFm.Server.Settings;
using OptFm.Server.Updates;

namespace OptFm.Server.Cli;

/// <summary><c>optfm update FILE</c>: a newer version, and the old one again by itself if the new one does not become healthy.</summary>
public static class UpdateCommand
{
    private static readonly Argument<FileInfo?> File = new("file")
    {
        Description = "The new version's package: optfm_VERSION_ARCHITECTURE.deb, or the .tar.xz where install.sh installed the bot.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string?> Sha256 = new("--sha256") { Description = "The package's checksum, where no SHA256SUMS lies beside it.", HelpName = "hex" };
    private static readonly Option<bool> Unchecked = new("--unchecked") { Description = "Install it though nothing tells that it is genuine." };
    private static readonly Option<int> Wait = new("--wait") { Description = "Seconds within which it must become healthy, 1 to 3600.", DefaultValueFactory = _ => 90 };
    private static readonly Option<int> Settle = new("--settle") { Description = "Seconds for which it must then stay so, 0 to 3600.", DefaultValueFactory = _ => 15 };
    private static readonly Option<bool> Resume = new("--resume") { Description = "Finish or undo an update that was interrupted." };
    private static readonly Option<bool> Go = new("--go") { Hidden = true };

    public static Command Create()
    {
        Sha256.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } text && !Checksums.IsChecksum(text)) result.AddError("--sha256: 64 hexadecimal digits are expected");
        });
        foreach (var (option, least) in new[] { (Wait, 1), (Settle, 0) })
        {
            option.Validators.Add(result =>
            {
                if (result.GetValueOrDefault<int>() < least || result.GetValueOrDefault<int>() > 3600) result.AddError($"{option.Name}: {least} to 3600 is expected");
            });
        }

        var command = new Command("update", "Install a newer version: check it, back up, install, watch, and go back if it does not become healthy. Exit code 0: updated, 1: the old version is back, 2: refused, 3: going back failed.")
        {
            File, Sha256, Unchecked, Wait, Settle, Resume, Go,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult line, CancellationToken stop)
    {
        var loaded = LoadedSettings.Load();
        var log = new UpdateLog(line.InvocationConfiguration.Output, loaded.Language == AdministratorLanguage.Russian, TimeProvider.System);
        try
        {
            CheckMachine();
            if (UpdateFolder.RunsThis) return (int)await CarryThroughAsync(line, stop);
            if (line.GetValue(Resume)) return TakeUp(log);

            if (line.GetValue(File) is not { } file) throw new UpdateException("Which package? sudo optfm update FILE.deb", "Какой пакет? sudo optfm update ФАЙЛ.deb");
            var options = new UpdateOptions(
                file.FullName, line.GetValue(Sha256), line.GetValue(Unchecked), TimeSpan.FromSeconds(line.GetValue(Wait)), TimeSpan.FromSeconds(line.GetValue(Settle)));
            return await PrepareAsync(options, loaded.Settings.Storage.DatabaseFile, log, stop);
        }
        catch (Exception e) when (e is UpdateException or IOException or UnauthorizedAccessException)
        {
            log.Say(e as UpdateException ?? new(e.Message, e.Message));
            if (!UpdateFolder.RunsThis) log.Say("Nothing was changed.", "Ничего не изменено.");
            return (int)(UpdateFolder.RunsThis ? UpdateOutcome.Broken : UpdateOutcome.Refused);
        }
    }

    private static void CheckMachine()
    {
        if (!Environment.IsPrivilegedProcess) throw new UpdateException("Updating needs root: sudo optfm update …", "Обновлять может только root: sudo optfm update …");
        if (ServiceControl.SystemdRuns) return;

        throw new UpdateException(
            "systemd does not run here, so nobody could tell whether the new version works. Install it by hand: apt install ./FILE.deb or ./install.sh",
            "systemd здесь не работает, и нельзя будет понять, работает ли новая версия. Установите её вручную: apt install ./ФАЙЛ.deb или ./install.sh");
    }

    /// <summary>The kept copy's part.</summary>
    private static async Task<UpdateOutcome> CarryThroughAsync(ParseResult line, CancellationToken stop)
    {
        using var held = UpdateFolder.TryLock() ?? throw Busy();
        if (UpdateJournal.Read(UpdateFolder.Journal) is not { } journal) return UpdateOutcome.Updated;

        var log = new UpdateLog(line.InvocationConfiguration.Output, journal.Russian, TimeProvider.System);
        var run = new UpdateRun(journal, log, TimeProvider.System);
        try
        {
            return line.GetValue(Go) ? await run.GoAsync(stop) : await run.ResumeAsync(stop);
        }
        catch (OperationCanceledException)
        {
            log.Say($"Interrupted. To go on: sudo {UpdateFolder.Resume}", $"Прервано. Чтобы продолжить: sudo {UpdateFolder.Resume}");
            return UpdateOutcome.Broken;
        }
    }

    private static int TakeUp(UpdateLog log)
    {
        if (UpdateJournal.Read(UpdateFolder.Journal) is null)
        {
            log.Say("No update was interrupted.", "Прерванных обновлений нет.");
            return 0;
        }

        using (UpdateFolder.TryLock() ?? throw Busy())
        {
        }

        Resumption.BecomeUpdater("--resume");
        return (int)UpdateOutcome.Broken;
    }

    private static async Task<int> PrepareAsync(UpdateOptions options, string database, UpdateLog log, CancellationToken stop)
    {
        if (Installation.Find() is not { } installed)
            throw new UpdateException("This program was not installed by a package: install it first.", "Эта программа установлена не пакетом: сначала установите её.");

        UpdateFolder.Create();
        using (UpdateFolder.TryLock() ?? throw Busy())
        {
            if (UpdateJournal.Read(UpdateFolder.Journal) is { Step: > UpdateStep.Prepared })
                throw new UpdateException("An update was interrupted. First: sudo optfm update --resume", "Предыдущее обновление прервано. Сначала: sudo optfm update --resume");

            if (!await TryPrepareAsync(new(options, installed, database, log, TimeProvider.System), stop)) return 0;
        }

        try
        {
            Resumption.BecomeUpdater("--go");
            return (int)UpdateOutcome.Broken;
        }
        catch (UpdateException)
        {
            Resumption.Disarm();
            System.IO.File.Delete(UpdateFolder.Journal);
            UpdateFolder.Clear();
            throw;
        }
    }

    private static async Task<bool> TryPrepareAsync(UpdatePreparation preparation, CancellationToken stop)
    {
        var prepared = false;
        try
        {
            var journal = await preparation.RunAsync(stop);
            if (journal is null) return false;

            await Resumption.ArmAsync(stop);
            journal.Write(UpdateFolder.Journal);
            return prepared = true;
        }
        finally
        {
            if (!prepared) UpdateFolder.Clear();
        }
    }

    private static UpdateException Busy() => new("Another update is under way.", "Уже идёт другое обновление.");
}

using System.CommandLine;
using OptFm.Server.Backups;
using OptFm.Server.Settings;
using OptFm.Server.Storage;

namespace OptFm.Server.Cli;

/// <summary><c>optfm backup</c> and <c>optfm backup verify</c>: a copy of everything, and the proof that it can be restored.</summary>
public static class BackupCommand
{
    private const int Failed = 1;

    public static Command Create()
    {
        var to = new Option<DirectoryInfo?>("--to") { Description = "Put it into this folder instead of BACKUP_DIR; nothing is deleted there.", HelpName = "DIR" };
        var command = new Command("backup", "Copy the database, the settings and the shop's files into one file. The server may run.") { to, Verify() };
        command.SetAction((result, stop) => MakeAsync(result.GetValue(to)?.FullName, result.InvocationConfiguration.Output, result.InvocationConfiguration.Error, stop));
        return command;
    }

    /// <summary>The file with the private key that opens an encrypted backup.</summary>
    internal static Option<FileInfo?> Identity() => new("--identity") { Description = "File with the private key, if the backup is encrypted (gpg also looks into its own keyring).", HelpName = "FILE" };

    private static Command Verify()
    {
        var file = new Argument<FileInfo>("file") { Description = "The backup." };
        var identity = Identity();
        var command = new Command("verify", "Prove that a backup can be restored: unpack it aside, compare every checksum, read the whole database.") { file, identity };
        command.SetAction((result, stop) => VerifyAsync(
            result.GetRequiredValue(file).FullName, result.GetValue(identity)?.FullName, result.InvocationConfiguration.Output, result.InvocationConfiguration.Error, stop));
        return command;
    }

    private static async Task<int> MakeAsync(string? to, TextWriter output, TextWriter errors, CancellationToken stop)
    {
        var loaded = LoadedSettings.Load();
        // What else may be wrong with the settings is no reason to go without a backup.
        var own = BackupOptions.All.Concat(StorageOptions.All).Select(setting => setting.Name).ToHashSet(StringComparer.Ordinal);
        if (loaded.Problems.Any(problem => own.Contains(problem.Setting)) && !loaded.Check(errors)) return LoadedSettings.ExitCode;

        try
        {
            var made = await new BackupMaker(loaded, TimeProvider.System).MakeAsync(to, stop);
            await TellAsync(made, loaded.Language == AdministratorLanguage.Russian, output);
            foreach (var problem in loaded.Problems) await errors.WriteLineAsync(problem.In(loaded.Language));
            return 0;
        }
        catch (BackupException e)
        {
            await errors.WriteLineAsync(e.In(loaded.Language));
            return Failed;
        }
    }

    private static async Task TellAsync(BackupOutcome made, bool russian, TextWriter output)
    {
        await output.WriteLineAsync(russian ? $"Копия готова: {made.File} ({made.Bytes} байт)" : $"The backup is made: {made.File} ({made.Bytes} bytes)");
        await output.WriteLineAsync(russian ? $"В ней: {made.Contents.In(russian)}." : $"It holds {made.Contents.In(russian)}.");
        if (made.Pruned > 0) await output.WriteLineAsync(russian ? $"Удалено старых копий: {made.Pruned}." : $"Old backups deleted: {made.Pruned}.");
        foreach (var path in made.Missing) await output.WriteLineAsync(russian ? $"Не вошёл в копию, потому что не читается: {path}" : $"Not in the backup, because it cannot be read: {path}");
    }

    private static async Task<int> VerifyAsync(string file, string? identity, TextWriter output, TextWriter errors, CancellationToken stop)
    {
        var loaded = LoadedSettings.Load();
        var russian = loaded.Language == AdministratorLanguage.Russian;
        try
        {
            var backup = await BackupCheck.VerifyAsync(file, identity, loaded.Settings.Backup.DataFolder, loaded.Settings.Storage.Postgres, stop);
            var (manifest, contents) = (backup.Manifest, backup.Contents);
            await output.WriteLineAsync(russian
                ? $"Копия цела: optfm {manifest.Program}, схема {manifest.Schema}, сделана {manifest.Time:yyyy-MM-dd HH:mm:ss}Z."
                : $"The backup is whole: optfm {manifest.Program}, schema {manifest.Schema}, made {manifest.Time:yyyy-MM-dd HH:mm:ss}Z.");
            await output.WriteLineAsync(russian ? $"Восстановит: {contents.In(russian)}." : $"It would restore {contents.In(russian)}.");
            if (manifest.IsDump) await output.WriteLineAsync(Proof(backup.Untried, loaded.Language));
            foreach (var part in manifest.Files) await output.WriteLineAsync($"  {part.Name}  {part.Bytes}  {Printable(part.From)}");
            return 0;
        }
        catch (BackupException e)
        {
            await errors.WriteLineAsync(e.In(loaded.Language));
            return Failed;
        }
    }

    private static string Proof(Words? untried, AdministratorLanguage language)
    {
        Words proof = untried is null
            ? ("The server of DATABASE_URL loaded all of it on trial, and undid it.", "Сервер из DATABASE_URL загрузил её целиком на пробу и отменил загрузку.")
            : ($"Not proved: that a server takes all of it. {untried.English}", $"Не доказано, что сервер примет её целиком. {untried.Russian}");
        return proof.In(language);
    }

    /// <summary>The backup may be somebody else's, and a terminal obeys what is printed.</summary>
    private static string Printable(string text) => string.Concat(text.Where(c => !char.IsControl(c)));
}

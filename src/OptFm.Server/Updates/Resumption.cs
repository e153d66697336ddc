using System.Runtime.InteropServices;
using OptFm.Server.Operations;

namespace OptFm.Server.Updates;

/// <summary>
/// What carries an update through: the kept copy of the installed program, as a unit of systemd's, so that neither a lost connection nor the
/// replacing of its own files ends it. Should the machine go down meanwhile, another unit goes on at the next start.
/// </summary>
internal static class Resumption
{
    private const string Unit = "/etc/systemd/system/optfm-update-resume.service";
    private const string Wanted = "/etc/systemd/system/multi-user.target.wants/optfm-update-resume.service";

    /// <summary>Afterwards, by somebody else: a program should not delete its own files while it runs.</summary>
    private const string Tidy = $"/bin/sh -c 'test -e {UpdateFolder.Journal} || rm -rf {UpdateFolder.Package} {UpdateFolder.New} {UpdateFolder.Kept} {UpdateFolder.Resume}'";

    /// <summary>In /etc and not in the package, because the package's files may be half replaced by then.</summary>
    public static async Task ArmAsync(CancellationToken stop)
    {
        await File.WriteAllTextAsync(UpdateFolder.Resume, $"#!/bin/sh\nOPTFM_ENV_FILE=/etc/optfm/optfm.env exec {UpdateFolder.KeptProgram} update --resume\n", stop);
        FileModes.Set(UpdateFolder.Resume, FileModes.Script);
        await File.WriteAllTextAsync(
            Unit,
            $"""
            # Written by `optfm update`, and deleted when it has ended.
            [Unit]
            Description=Go on with an interrupted update of OptFM
            ConditionPathExists={UpdateFolder.Journal}
            After=local-fs.target network.target
            [Service]
            Type=exec
            ExecStart={UpdateFolder.Resume}
            ExecStopPost=-{Tidy}
            KillMode=mixed

            """,
            stop);
        Directory.CreateDirectory(Path.GetDirectoryName(Wanted)!);
        File.Delete(Wanted);
        File.CreateSymbolicLink(Wanted, Unit);
        await SystemProgram.MustAsync("sync", ["-f", Unit, UpdateFolder.Root], stop);
    }

    public static void Disarm()
    {
        File.Delete(Wanted);
        File.Delete(Unit);
    }

    /// <summary>Turns this process into one that waits for the kept copy to carry the update through, and ends as that one does.</summary>
    /// <param name="word">What the kept copy is told: <c>--go</c> or <c>--resume</c>.</param>
    /// <exception cref="UpdateException">That is impossible; nothing was started.</exception>
    public static void BecomeUpdater(string word)
    {
        var systemdRun = ExternalProgram.Find("systemd-run") ?? throw new UpdateException("systemd-run is not installed.", "Программа systemd-run не установлена.");
        string?[] line =
        [
            systemdRun, "--unit=optfm-update", "--collect", "--quiet", "--wait", "--pipe", "--service-type=exec", "--property=KillMode=mixed",
            "--property=OOMScoreAdjust=-500", "--property=ExecStopPost=-" + Tidy, "--setenv=OPTFM_ENV_FILE=/etc/optfm/optfm.env",
            "--setenv=DOTNET_EnableDiagnostics=0", UpdateFolder.KeptProgram, "update", word, null,
        ];
        // Not a child: this program's own files are about to be replaced, and what it has not loaded yet would be the new version's.
        if (Execute(systemdRun, line) != 0) throw new UpdateException("systemd-run cannot be started.", "Не удалось запустить systemd-run.");
    }

    [DllImport("libc", EntryPoint = "execv")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Execute(
        [MarshalAs(UnmanagedType.LPUTF8Str)] string path,
        [MarshalAs(UnmanagedType.LPArray, ArraySubType = UnmanagedType.LPStr)] string?[] arguments);
}

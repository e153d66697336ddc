using OptFm.Server.Settings;

namespace OptFm.Server.Doctor.Checks;

/// <summary>Who may read the file with the secrets, and whether the service can.</summary>
internal sealed class SettingsFileCheck : ICheck
{
    private static readonly Diagnosis Mode = new(
        "settings-mode", Area.Settings,
        ("owner and mode of the settings", "владелец и права файла настроек"),
        ("The tokens in it let anybody who reads them speak as the shop; a file the service cannot read stops the bot.", "Кто прочтёт токены из него, сможет писать от имени магазина; файл, который не читает служба, останавливает бота."),
        "sudo chown root:optfm /etc/optfm/optfm.env && sudo chmod 0640 /etc/optfm/optfm.env");

    private const UnixFileMode Strangers = UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    public IReadOnlyList<Diagnosis> Diagnoses { get; } = [Mode];

    public async Task<IReadOnlyList<Finding>> RunAsync(DoctorContext context, CancellationToken stop)
    {
        if (context.SettingsFile is not { } file || !File.Exists(file)) return [];

        var mend = context.Installed
            ? $"sudo chown root:{context.ServiceUser} {file} && sudo chmod 0640 {file}"
            : $"chmod 0600 {file}";
        var mode = new FileInfo(file).UnixFileMode;
        if ((mode & Strangers) != UnixFileMode.None) return [Mode.Failure(Open(file, mode), mend)];
        if (!context.Installed) return [Mode.Ok()];
        return [await OwnerAsync(file, mode, mend, context, stop)];
    }

    private static async Task<Finding> OwnerAsync(string file, UnixFileMode mode, string mend, DoctorContext context, CancellationToken stop)
    {
        var stat = await context.RunAsync("stat", ["-L", "-c", "%U:%G", file], stop);
        var expected = $"root:{context.ServiceUser}";
        if (!stat.Succeeded) return Mode.Unchecked(($"the owner of {file} could not be found out", $"не удалось узнать владельца {file}"));
        if (stat.Output.Trim() != expected || !mode.HasFlag(UnixFileMode.GroupRead))
            return Mode.Failure(($"{file} belongs to {stat.Output.Trim()} with mode {Octal(mode)}, and should to {expected} with 0640", $"{file} принадлежит {stat.Output.Trim()} с правами {Octal(mode)}, а нужно {expected} и 0640"), mend);
        return !mode.HasFlag(UnixFileMode.GroupWrite)
            ? Mode.Ok()
            : Mode.Warning(($"{file} can be changed by the bot itself (mode {Octal(mode)})", $"{file} может изменить сам бот (права {Octal(mode)})"), mend);
    }

    private static Words Open(string file, UnixFileMode mode) =>
        ($"{file} with its secrets is open to every user of this machine (mode {Octal(mode)})", $"{file} с секретами открыт любому пользователю этой машины (права {Octal(mode)})");

    private static string Octal(UnixFileMode mode) => "0" + Convert.ToString((int)mode, 8);
}

using OptFm.Server.Channels.Max;
using OptFm.Server.Channels.Telegram;
using OptFm.Server.Settings;

namespace OptFm.Server.Doctor.Checks;

/// <summary>What the settings say of themselves: every problem and every warning at once.</summary>
internal sealed class SettingsCheck : ICheck
{
    private static readonly Diagnosis Unusable = new(
        "settings", Area.Settings,
        ("settings", "настройки"),
        ("The bot does not start with settings it cannot use.", "С такими настройками бот не запускается."),
        "sudo nano /etc/optfm/optfm.env && sudo systemctl restart optfm");

    private static readonly Diagnosis Doubtful = new(
        "settings-doubtful", Area.Settings,
        ("settings that look like a slip", "настройки, похожие на описку"),
        ("The bot starts, and does not do what was meant.", "Бот запускается, но делает не то, что задумано."),
        "sudo nano /etc/optfm/optfm.env && sudo systemctl restart optfm");

    private static readonly Diagnosis RetiredHost = new(
        "max-host", Area.Messengers,
        ("the address of MAX's API", "адрес API MAX"),
        ("MAX turned its old hosts off: the bot reaches nobody.", "Старые узлы MAX отключены: бот никого не достигает."),
        "sudo sed -i 's|^MAX_BASE_URL=.*|MAX_BASE_URL=https://platform-api2.max.ru|' /etc/optfm/optfm.env && sudo systemctl restart optfm");

    private static readonly Diagnosis NoSecret = new(
        "webhook-secret-off", Area.Settings,
        ("deliveries must prove where they come from", "доставки доказывают, от кого они"),
        ("Anybody who finds the address can write to the bot in a customer's name.", "Кто найдёт адрес, сможет писать боту от имени покупателя."),
        "sudo optfm setup");

    private static readonly Diagnosis NoMessenger = new(
        "messengers-off", Area.Settings,
        ("at least one messenger is on", "хотя бы один мессенджер включён"),
        ("Without a token the bot hears only its own web page.", "Без токена бот слышит только свою веб-страницу."),
        "sudo optfm setup");

    public IReadOnlyList<Diagnosis> Diagnoses { get; } = [Unusable, Doubtful, RetiredHost, NoSecret, NoMessenger];

    public Task<IReadOnlyList<Finding>> RunAsync(DoctorContext context, CancellationToken stop) => Task.FromResult<IReadOnlyList<Finding>>(Find(context));

    private static List<Finding> Find(DoctorContext context)
    {
        var (problems, warnings) = (context.Loaded.Problems, context.Loaded.Warnings);
        var findings = problems.Select(problem => Unusable.Failure(Text(problem), context.EditSettings)).ToList();
        if (IsBlank(context)) findings.Add(Unusable.Failure(Blank(context.SettingsFile!), context.EditSettings));
        if (findings.Count == 0) findings.Add(Unusable.Ok());
        findings.AddRange(warnings.Select(warning => Sort(warning, context)));
        if (context.SettingsUsable && !context.Settings.Max.Enabled && !context.Settings.Telegram.Enabled) findings.Add(Silent(context));
        return findings;
    }

    /// <summary>Saving was cut off before the first byte, as on a full disk: the file is there and says nothing.</summary>
    private static bool IsBlank(DoctorContext context) =>
        context.SettingsFile is { } file && File.Exists(file) && context.SettingsUsable && !context.Loaded.Source.FileNames.Any();

    private static Words Blank(string file) => ($"{file} says nothing: it is empty, or only comments are left", $"{file} ничего не задаёт: он пуст, или в нём остались одни комментарии");

    private static Words Text(Problem problem) => (problem.In(AdministratorLanguage.English), problem.In(AdministratorLanguage.Russian));

    private static Finding Sort(Problem warning, DoctorContext context)
    {
        if (warning.Setting == MaxOptions.BaseUrl.Name) return RetiredHost.Failure(Text(warning));
        if (warning.Setting == MaxOptions.SecretSetting.Name || warning.Setting == TelegramOptions.SecretSetting.Name || warning.Setting == MaxOptions.VerifySignature.Name)
            return NoSecret.Warning(Text(warning));
        return Doubtful.Warning(Text(warning), context.EditSettings);
    }

    /// <summary>systemd shows credentials to the service alone; who may read their files can name the folder (deploy/systemd/credentials.conf).</summary>
    private static Finding Silent(DoctorContext context)
    {
        const string credentials = "/etc/optfm/credentials";
        return Directory.Exists(context.PathOf(credentials))
            ? NoMessenger.Unchecked(("the tokens are systemd's credentials: name their folder to the doctor", "токены переданы как credentials systemd: укажите проверке их папку"), $"sudo env CREDENTIALS_DIRECTORY={credentials} optfm doctor")
            : NoMessenger.Warning(("neither MAX_API_KEY nor TELEGRAM_BOT_TOKEN is set: no messenger is on", "не указаны ни MAX_API_KEY, ни TELEGRAM_BOT_TOKEN: ни один мессенджер не включён"));
    }
}

using Microsoft.Extensions.Logging.Abstractions;
using OptFm.Server.Channels;
using OptFm.Server.Settings;

namespace OptFm.Server.Doctor.Checks;

/// <summary>A messenger's view of the bot: does it take the token, where does it deliver, what went wrong there.</summary>
internal abstract class MessengerCheck(MessengerDiagnoses about) : ICheck
{
    private readonly MessengerJudge _judge = new(about);

    public IReadOnlyList<Diagnosis> Diagnoses { get; } = about.All;

    public async Task<IReadOnlyList<Finding>> RunAsync(DoctorContext context, CancellationToken stop)
    {
        if (!IsOn(context.Settings)) return [];
        if (!context.SettingsUsable) return [about.Token.Unchecked(($"{about.Name}: mend the settings first", $"{about.Name}: сначала исправьте настройки"))];

        if (InternetCheck.IsCutOff(context)) return [about.Api.Unchecked(($"{about.Name}: there is no Internet", $"{about.Name}: нет интернета"))];

        var channel = Open(context);
        try
        {
            return await AskAsync(((IDeliveredChannel)channel).Admin, context, stop);
        }
        finally
        {
            (channel as IDisposable)?.Dispose();
        }
    }

    protected abstract bool IsOn(ServerSettings settings);

    protected abstract IChannel Open(DoctorContext context);

    /// <summary>Null: updates are fetched by polling.</summary>
    protected abstract Uri? Webhook(ServerSettings settings);

    protected virtual Words? MendUnreachable(string reason, DoctorContext context) => null;

    protected static NullLoggerFactory NoLogs => NullLoggerFactory.Instance;

    private async Task<IReadOnlyList<Finding>> AskAsync(IWebhookAdmin admin, DoctorContext context, CancellationToken stop)
    {
        var me = await admin.MeAsync(stop);
        if (!me.Worked) return [_judge.Refused(me.Problem!, context.EditSettings, MendUnreachable(me.Problem!, context))];

        var findings = new List<Finding> { about.Api.Ok(), about.Token.Ok() };
        var info = await admin.InfoAsync(stop);
        if (info.Worked) findings.AddRange(_judge.Judge(info, Webhook(context.Settings), context.Clock.GetUtcNow()));
        else findings.Add(about.Webhook.Unchecked(($"{about.Name} does not say where it delivers", $"{about.Name} не сообщает, куда доставляет")));
        return findings;
    }
}

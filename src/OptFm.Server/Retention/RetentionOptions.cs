using OptFm.Server.Settings;

namespace OptFm.Server.Retention;

/// <summary>For how long what is over is kept.</summary>
public sealed record RetentionOptions
{
    /// <summary>
    /// An update is known again by its row. Messengers repeat one for 8 hours (MAX) or 24 (Telegram), so what was deleted before that would be answered twice.
    /// </summary>
    private const int FewestDays = 7;

    private const int MostDays = 36_500;

    public static readonly Setting Days = new("RETAIN_DAYS", "90", "7–36500 days, 0 = for ever", "What is over is deleted after so many days: answered, skipped and failed messages, sent and dropped replies, the memory of silent chats. What still waits is kept. Never less than 7 days, because messengers repeat a message for up to 24 hours, and it is known again by what is kept.", "Через столько дней удаляется то, что закончено: отвеченные, пропущенные и неудавшиеся сообщения, отправленные и отброшенные ответы, память о замолчавших чатах. Что ещё ждёт, остаётся. Не меньше 7 дней: мессенджеры повторяют сообщение до 24 часов, а узнаётся оно по сохранённому.");

    public static IReadOnlyList<Setting> All { get; } = [Days];

    /// <summary>Null: for ever.</summary>
    public required TimeSpan? Keep { get; init; }

    public static RetentionOptions Read(SettingsReader settings)
    {
        var days = settings.Number(Days, 0, MostDays);
        if (days is > 0 and < FewestDays)
            settings.Fail(Days, $"is {days}, expected 0, or a whole number from {FewestDays} to {MostDays}", $"равно {days}, а нужно 0 или целое число от {FewestDays} до {MostDays}");
        return new() { Keep = days == 0 ? null : TimeSpan.FromDays(days) };
    }
}

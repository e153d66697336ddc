using OptFm.Server.Settings;

namespace OptFm.Server.Outbox;

/// <summary>How long an undelivered reply is still worth sending.</summary>
public sealed record OutboxOptions
{
    public static readonly Setting MaxAge = new("REPLY_MAX_AGE", "24", "1–720 hours", "A reply that could not be sent for longer is dropped with a reason.", "Ответ, который не удаётся отправить дольше, отбрасывается с указанием причины.");

    public static IReadOnlyList<Setting> All { get; } = [MaxAge];

    public required TimeSpan ReplyMaxAge { get; init; }

    /// <summary>How often a reply is tried that the messenger refuses for a reason which may pass.</summary>
    public int MostRefusals { get; init; } = 3;

    public static OutboxOptions Read(SettingsReader settings) => new() { ReplyMaxAge = TimeSpan.FromHours(settings.Number(MaxAge, 1, 720)) };
}

using System.Text.Json;

namespace OptFm.Server.Channels;

/// <summary>What an administrator asks of a messenger about the bot itself. Nothing that a messenger or a network does makes it throw.</summary>
public interface IWebhookAdmin
{
    /// <summary>Whether addresses stand side by side; if not, setting one takes the place of whatever stood.</summary>
    bool Accumulates { get; }

    /// <summary>Who the bot is: proves the token and the connection.</summary>
    Task<AdminAnswer> MeAsync(CancellationToken stop);

    /// <summary>Where updates are delivered, one line per fact, fit to be printed.</summary>
    Task<AdminAnswer> InfoAsync(CancellationToken stop);

    /// <summary>Makes this address the only one that updates are delivered to.</summary>
    /// <param name="url">Public https address.</param>
    /// <param name="secret">What deliveries will prove themselves with; empty for nothing.</param>
    /// <param name="stop">Stops waiting.</param>
    Task<AdminAnswer> SetAsync(Uri url, string secret, CancellationToken stop);

    /// <summary>Removes what was left of ours, on the same host at other addresses: a few at a time, and never anybody else's.</summary>
    /// <param name="url">The one that stays.</param>
    /// <param name="stop">Stops waiting.</param>
    Task<AdminAnswer> TidyAsync(Uri url, CancellationToken stop);

    /// <summary>Ends all deliveries.</summary>
    Task<AdminAnswer> DeleteAsync(CancellationToken stop);

    /// <summary>Shows these commands in the messenger's menu.</summary>
    Task<AdminAnswer> SetCommandsAsync(IReadOnlyList<BotCommand> commands, CancellationToken stop);
}

/// <summary>A command of the bot's menu, without the slash.</summary>
public sealed record BotCommand(string Name, string Description)
{
    /// <summary>What the bot understands, as customers read it.</summary>
    public static IReadOnlyList<BotCommand> All { get; } =
        [new("start", "Начать разговор"), new("faq", "Частые вопросы"), new("help", "Что умеет бот")];

    /// <summary>What it understands besides where the shop has a price list.</summary>
    public static IReadOnlyList<BotCommand> Goods { get; } =
        [new("search", "Поиск по прайсу"), new("categories", "Категории товаров"), new("brands", "Бренды")];
}

/// <summary>What the messenger said.</summary>
/// <param name="Problem">Why it did not work, fit to be printed; null when it did.</param>
public sealed record AdminAnswer(string? Problem = null)
{
    /// <summary>The bot, from <see cref="IWebhookAdmin.MeAsync"/>.</summary>
    public JsonElement Bot { get; init; }

    /// <summary>All it said of the webhook, from <see cref="IWebhookAdmin.InfoAsync"/>; undefined where it says no more than the facts.</summary>
    public JsonElement Told { get; init; }

    /// <summary>Facts to print.</summary>
    public IReadOnlyList<string> Facts { get; init; } = [];

    public bool Worked => Problem is null;
}

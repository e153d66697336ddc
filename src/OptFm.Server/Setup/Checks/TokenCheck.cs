using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using OptFm.Server.Channels;
using OptFm.Server.Channels.Max;
using OptFm.Server.Channels.Telegram;
using OptFm.Server.Settings;

namespace OptFm.Server.Setup.Checks;

/// <summary>Asks the messenger whose token it is.</summary>
internal sealed class TokenCheck(TimeProvider clock)
{
    public Task<Verdict> MaxAsync(IReadOnlyDictionary<string, string> settings, CancellationToken stop)
    {
        var options = MaxOptions.Read(new SettingsReader(settings));
        return JudgeAsync("MAX", options.Token, () => ChannelList.Max(options, clock, NullLoggerFactory.Instance), stop);
    }

    public Task<Verdict> TelegramAsync(IReadOnlyDictionary<string, string> settings, CancellationToken stop)
    {
        var options = TelegramOptions.Read(new SettingsReader(settings));
        return JudgeAsync("Telegram", options.Token, () => ChannelList.Telegram(options, clock, NullLoggerFactory.Instance), stop);
    }

    private static async Task<Verdict> JudgeAsync(string messenger, string token, Func<IChannel> open, CancellationToken stop)
    {
        if (token.Length == 0) return Verdict.Refused("A token is needed.", "Нужен токен.");
        if (token.Any(c => c is <= ' ' or > '~'))
            return Verdict.Refused("A token holds no blanks and no Russian letters: copy it again, whole.", "В токене нет пробелов и русских букв: скопируйте его ещё раз, целиком.");

        var channel = open();
        using var closing = channel as IDisposable;
        var answer = await ((IDeliveredChannel)channel).Admin.MeAsync(stop);
        if (answer.Worked) return Verdict.FineAs($"{messenger} knows the bot: {NameOf(answer.Bot)}", $"{messenger} знает бота: {NameOf(answer.Bot)}");

        // How the channels word a refusal. Telegram answers 404 to what is no token at all, and the channel tells that from a wrong address.
        var problem = answer.Problem!;
        var refused = problem.StartsWith("answered 401", StringComparison.Ordinal) || problem.StartsWith("answered 403", StringComparison.Ordinal)
            || problem.EndsWith(TelegramOptions.BotToken.Name, StringComparison.Ordinal);
        return refused
            ? Verdict.Refused($"{messenger} refused the token ({problem}). Copy it again, whole.", $"{messenger} не принял токен ({problem}). Скопируйте его ещё раз, целиком.")
            : Verdict.Doubtful($"The token is not checked: {messenger} could not be asked ({problem}).", $"Токен не проверен: спросить {messenger} не удалось ({problem}).");
    }

    private static string NameOf(JsonElement bot)
    {
        var name = bot.Get("first_name").Words() ?? bot.Get("name").Words() ?? "?";
        return bot.Get("username").Words() is { } user ? $"{name} (@{user})" : name;
    }
}

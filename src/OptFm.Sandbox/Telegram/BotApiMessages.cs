using System.Text.Json;
using OptFm.Sandbox.Customers;
using OptFm.Sandbox.Http;
using OptFm.Sandbox.Records;

namespace OptFm.Sandbox.Telegram;

/// <summary><c>sendMessage</c>, <c>editMessageText</c>, <c>answerCallbackQuery</c>, <c>sendChatAction</c>.</summary>
internal sealed class BotApiMessages(BotApiMessenger bot, SandboxLog log)
{
    private static readonly TimeSpan PressLives = TimeSpan.FromMinutes(15);
    private static readonly string[] Actions =
        ["typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "upload_document", "choose_sticker", "find_location"];

    internal ApiAnswer Send(ApiCall call)
    {
        if (call.Chat is not { } chat) return BotApiAnswers.BadRequest("chat_id is empty");
        if (bot.Refusal(chat) is { } refused) return refused;

        var (text, format) = BotApiText.Read(call);
        var keyboard = BotApiKeyboard.Read(call.Body);
        var stored = new StoredMessage(bot.NextMessageId(), chat, text, keyboard, bot.Parts.Time.GetUtcNow());
        bot.Messages.Put(stored);
        log.Sent.Add(new SentMessage(bot.Messenger, chat, text, stored.Id) { Format = format, Keyboard = keyboard, ArrivedAt = log.Now, Call = call.Number, Caller = call.Caller });
        return BotApiAnswers.Result(json => WriteMessage(json, stored));
    }

    internal ApiAnswer Edit(ApiCall call)
    {
        if (call.Chat is not { } chat) return BotApiAnswers.BadRequest("chat_id is empty");
        if (bot.Refusal(chat) is { } refused) return refused;
        if (Find(call.Parameter("message_id")) is not { } message || (bot.Messages.Keeps && message.Chat != chat))
            return BotApiAnswers.BadRequest("message to edit not found");

        var (text, format) = BotApiText.Read(call);
        var keyboard = BotApiKeyboard.Read(call.Body);
        if (text == message.Text && SameButtons(keyboard, message.Keyboard)) return BotApiAnswers.BadRequest(NotModified);

        var changed = message with { Chat = chat, Text = text, Keyboard = keyboard };
        bot.Messages.Put(changed);
        log.Edits.Add(new EditedMessage(bot.Messenger, chat, changed.Id, text) { Format = format, Keyboard = keyboard, ArrivedAt = log.Now });
        return BotApiAnswers.Result(json => WriteMessage(json, changed));
    }

    internal ApiAnswer AnswerPress(ApiCall call)
    {
        var press = call.Parameter("callback_query_id") is { } id ? bot.Messages.FindPress(id) : null;
        if (press is null) return bot.Parts.Options.KnownChatsOnly ? BotApiAnswers.BadRequest(QueryTooOld) : BotApiAnswers.True;
        if (bot.Parts.Time.GetUtcNow() - press.At > PressLives) return BotApiAnswers.BadRequest(QueryTooOld);
        var text = call.Parameter("text");
        if (text?.Length > 200) return BotApiAnswers.BadRequest("MESSAGE_TOO_LONG");

        log.CallbackAnswers.Add(new CallbackAnswer(bot.Messenger, press.Chat, press.CallbackId, text) { ArrivedAt = log.Now });
        return BotApiAnswers.True;
    }

    internal ApiAnswer TakeAction(ApiCall call)
    {
        if (call.Chat is not { } chat) return BotApiAnswers.BadRequest("chat_id is empty");
        if (bot.Refusal(chat) is { } refused) return refused;
        return Actions.Contains(call.Parameter("action")) ? BotApiAnswers.True : BotApiAnswers.BadRequest("wrong parameter action in request");
    }

    internal void WriteMessage(Utf8JsonWriter json, StoredMessage message)
    {
        json.WriteId("message_id", message.Id);
        json.WriteObject("from", bot.WriteBot);
        json.WriteObject("chat", chat => BotApiJson.WriteChat(chat, message.Chat));
        json.WriteNumber("date", message.SentAt.ToUnixTimeSeconds());
        json.WriteString("text", message.Text);
        if (message.Keyboard.Count > 0) BotApiJson.WriteKeyboard(json, message.Keyboard);
    }

    private const string NotModified =
        "message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message";

    private const string QueryTooOld = "query is too old and response timeout expired or query ID is invalid";

    private static bool SameButtons(IReadOnlyList<IReadOnlyList<SeenButton>> one, IReadOnlyList<IReadOnlyList<SeenButton>> other) =>
        one.Count == other.Count && one.Zip(other).All(static rows => rows.First.SequenceEqual(rows.Second));

    private StoredMessage? Find(string? id)
    {
        if (id is null) return null;
        if (bot.Messages.Keeps) return bot.Messages.Find(id);
        return new StoredMessage(id, "", "", [], default);
    }
}

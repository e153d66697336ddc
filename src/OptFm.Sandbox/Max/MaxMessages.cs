using OptFm.Sandbox.Customers;
using OptFm.Sandbox.Http;
using OptFm.Sandbox.Records;

namespace OptFm.Sandbox.Max;

/// <summary>The calls about messages: send, edit, delete, and the answer to a press.</summary>
internal sealed class MaxMessages(FakeMax max, MaxIds ids, SandboxLog log)
{
    private static readonly TimeSpan Editable = TimeSpan.FromDays(7);

    internal ApiAnswer Send(ApiCall call)
    {
        if (call.Chat is not { } chat) return MaxAnswers.BadRequest("chat_id or user_id is required");
        if (max.Refusal(chat) is { } refused) return refused;

        var body = MaxMessageBody.ReadNew(call.Body);
        var seq = ids.NextSeq();
        var stored = new StoredMessage(MaxIds.Mid(chat, seq), chat, body.Text, body.Keyboard, max.Parts.Time.GetUtcNow());
        max.Messages.Put(stored);
        log.Sent.Add(new SentMessage(Messenger.Max, chat, body.Text, stored.Id) { Format = body.Format, Keyboard = body.Keyboard, ArrivedAt = log.Now, Call = call.Number, Caller = call.Caller });
        return new ApiAnswer(200, JsonText.Object(json => json.WriteBotMessage(stored)));
    }

    internal ApiAnswer Edit(ApiCall call)
    {
        var id = call.Query("message_id");
        if (id is null) return MaxAnswers.BadRequest("message_id is required");
        var body = MaxMessageBody.Read(call.Body);
        if (max.Messages.Find(id) is not { } message) return max.Messages.Keeps ? MaxAnswers.NotFound($"Message {id} not found") : MaxAnswers.Success;
        if (max.Refusal(message.Chat) is { } refused) return refused;
        if (max.Parts.Time.GetUtcNow() - message.SentAt >= Editable) return MaxAnswers.Failure("message is too old to be edited");

        Change(message, body);
        return MaxAnswers.Success;
    }

    internal ApiAnswer Delete(ApiCall call)
    {
        if (call.Query("message_id") is not { } id) return MaxAnswers.BadRequest("message_id is required");
        return max.Messages.Remove(id) ? MaxAnswers.Success : MaxAnswers.NotFound($"Message {id} not found");
    }

    internal ApiAnswer AnswerPress(ApiCall call)
    {
        if (call.Query("callback_id") is not { } id) return MaxAnswers.BadRequest("callback_id is required");
        if (max.Messages.FindPress(id) is not { } press)
            return max.Parts.Options.KnownChatsOnly ? MaxAnswers.NotFound("callback not found") : MaxAnswers.Success;
        if (max.Refusal(press.Chat) is { } refused) return refused;

        var change = call.Member("message") is { } message ? MaxMessageBody.Read(message) : null;
        log.CallbackAnswers.Add(new CallbackAnswer(Messenger.Max, press.Chat, id, call.Text("notification")) { ArrivedAt = log.Now });
        if (change is not null && press.MessageId is { } mid && max.Messages.Find(mid) is { } pressed) Change(pressed, change);
        return MaxAnswers.Success;
    }

    private void Change(StoredMessage message, MaxMessageBody body)
    {
        var changed = message with
        {
            Text = body.KeepsText ? message.Text : body.Text,
            Keyboard = body.KeepsAttachments ? message.Keyboard : body.Keyboard,
        };
        max.Messages.Put(changed);
        log.Edits.Add(new EditedMessage(Messenger.Max, changed.Chat, changed.Id, changed.Text)
        {
            Format = body.Format,
            Keyboard = changed.Keyboard,
            ArrivedAt = log.Now,
        });
    }
}

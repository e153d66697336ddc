using System.Text.Json;
using Microsoft.Extensions.Logging;
using OptFm.Server.Channels.Http;

namespace OptFm.Server.Channels.Telegram;

/// <summary>Sends over a Telegram-shaped API.</summary>
/// <param name="Api">Makes the calls.</param>
/// <param name="Outcome">Reads the answers.</param>
/// <param name="Limits">What keyboards must fit.</param>
/// <param name="CanEdit">Whether the API has <c>editMessageText</c>; the guide's has not.</param>
/// <param name="Log">Told of buttons left out and of markup refused.</param>
internal sealed record TelegramSender(TelegramApi Api, TelegramOutcome Outcome, ChannelLimits Limits, bool CanEdit, ILogger Log)
{
    public async Task<SendResult> SendAsync(OutboundMessage message, CancellationToken stop)
    {
        if (message.Kind == OutboundKind.CallbackAnswer) return await AnswerAsync(message, stop);

        var keyboard = KeyboardFit.Fit(message.Keyboard, Limits, Log);
        var result = await SendAsync(message, keyboard, stop);
        if (message.Kind != OutboundKind.Replace) return result;

        if (result.Outcome == SendOutcome.Refused && Edits(message))
        {
            Log.LogInformation("A message could not be changed in place and goes out as a new one: {Reason}", result.Reason);
            result = await SendAsync(message with { MessageId = null }, keyboard, stop);
        }

        // The button spins until its press is answered; whether that worked changes nothing for the customer.
        if (result.Outcome == SendOutcome.Sent && message.CallbackId is not null) await StopSpinningAsync(message, stop);
        return result;
    }

    private async Task StopSpinningAsync(OutboundMessage message, CancellationToken stop)
    {
        try
        {
            await AnswerAsync(message with { Text = "" }, stop);
        }
        catch (OperationCanceledException)
        {
            // The server stops: what was sent stays sent.
        }
    }

    private bool Edits(OutboundMessage message) => CanEdit && message is { Kind: OutboundKind.Replace, MessageId: not null };

    private async Task<SendResult> SendAsync(OutboundMessage message, Keyboard? keyboard, CancellationToken stop)
    {
        var reply = await SendAsync(message, keyboard, plain: false, stop);
        if (reply.Progress == CallProgress.Answered && !reply.Json.Get("ok").IsTrue() && TelegramOutcome.CannotParse(reply))
        {
            Log.LogWarning("The messenger could not read the markup of a reply, so it goes out as plain text");
            reply = await SendAsync(message, keyboard, plain: true, stop);
        }

        return Outcome.Of(reply, message);
    }

    private Task<MessengerReply> SendAsync(OutboundMessage message, Keyboard? keyboard, bool plain, CancellationToken stop)
    {
        var edits = Edits(message);
        Action<Utf8JsonWriter> write = edits
            ? json => TelegramMessage.WriteEdit(json, message, keyboard, plain)
            : json => TelegramMessage.Write(json, message, keyboard, plain);
        return Api.CallAsync(edits ? "editMessageText" : "sendMessage", write, stop);
    }

    private async Task<SendResult> AnswerAsync(OutboundMessage message, CancellationToken stop)
    {
        if (message.CallbackId is null) return SendResult.Refused("there is no callback to answer");
        var reply = await Api.CallAsync("answerCallbackQuery", json => TelegramMessage.WriteNotification(json, message), stop);
        return Outcome.Of(reply, message);
    }
}

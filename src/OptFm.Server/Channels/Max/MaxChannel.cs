using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using OptFm.Server.Channels.Http;

namespace OptFm.Server.Channels.Max;

/// <summary>MAX by its official API.</summary>
public sealed class MaxChannel : IPolledChannel, IDeliveredChannel, IDisposable
{
    public const string Key = "max";

    private readonly MaxOptions _options;
    private readonly MessengerClient _client;
    private readonly MaxApi _api;
    private readonly MaxPoll _poll;
    private readonly ILogger _log;

    /// <param name="options">Settings with a token.</param>
    /// <param name="handler">What carries the calls, see <see cref="MaxTrust.Handler"/>; owned from here on.</param>
    /// <param name="time">Clock of time limits.</param>
    /// <param name="log">Told of buttons left out.</param>
    public MaxChannel(MaxOptions options, HttpMessageHandler handler, TimeProvider time, ILogger<MaxChannel> log)
    {
        (_options, _log) = (options, log);
        _client = new MessengerClient(handler, options.Address, options.Token, options.CallTimeout, time);
        _api = new MaxApi(_client);
        _poll = new MaxPoll(_api, time, options.Token);
        Limits = new ChannelLimits
        {
            // https://dev.max.ru/docs-api: text, keyboard and rates.
            TextLength = 4000,
            KeyboardRows = 30,
            ButtonsPerRow = 7,
            ButtonsPerRowWithLink = 3,
            Buttons = 210,
            ButtonText = 128,
            PayloadBytes = 1024,
            PerMinute = options.PerMinute,
            PerSecondInChat = options.PerSecondInChat,
        };
    }

    public string Name => Key;

    public ChannelLimits Limits { get; }

    public Update? Read(ReadOnlyMemory<byte> json) => MaxUpdate.Read(json);

    public bool IsGenuine(IHeaderDictionary headers, ReadOnlySpan<byte> body) =>
        !_options.Verify || WebhookSecret.Same(_options.Secret, headers["X-Max-Bot-Api-Secret"]);

    public Task<PolledBatch> PollAsync(string? marker, CancellationToken stop) => _poll.NextAsync(marker, stop);

    public async Task<SendResult> SendAsync(OutboundMessage message, CancellationToken stop)
    {
        var keyboard = KeyboardFit.Fit(message.Keyboard, Limits, _log);
        var reply = message.Kind switch
        {
            OutboundKind.CallbackAnswer when message.CallbackId is null => null,
            OutboundKind.CallbackAnswer =>
                await _api.AnswerAsync(message.CallbackId, json => MaxMessage.WriteNotification(json, message.Text), stop),
            OutboundKind.Replace when message.CallbackId is not null =>
                await _api.AnswerAsync(message.CallbackId, json => MaxMessage.WriteReplacement(json, message.Text, keyboard), stop),
            OutboundKind.Replace when message.MessageId is not null =>
                await _api.EditAsync(message.MessageId, json => MaxMessage.Write(json, message.Text, keyboard, replaces: true), stop),
            _ => await _api.SendAsync(message.Chat, json => MaxMessage.Write(json, message.Text, keyboard, replaces: false), stop),
        };
        return reply is null ? SendResult.Refused("there is no callback to answer") : MaxOutcome.Of(reply, message, _options.Token);
    }

    public void Dispose() => _client.Dispose();
}

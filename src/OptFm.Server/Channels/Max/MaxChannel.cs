using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using OptFm.Server.Channels.Http;

namespace OptFm.Server.Channels.Max;

/// <summary>MAX by its official API.</summary>
public sealed class MaxChannel : IPolledChannel, IDeliveredChannel, IDisposable
{
    public const string Key = "max";

    /// <summary>Requests of every kind that MAX takes from a bot in a minute.</summary>
    private const int MostPerMinute = 1800;

    /// <summary>Of these for what is no message: the watchdog's questions, an administrator's command, the last poll of a process that was killed.</summary>
    private const int OthersPerMinute = 120;

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
        Admin = new MaxAdmin(_api, options.Token);
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
            PerMinute = Math.Min(options.PerMinute, MostPerMinute - OthersPerMinute - (options.Polling ? MaxPoll.MostPerMinute : 0)),
            PerSecondInChat = options.PerSecondInChat,
        };
    }

    public string Name => Key;

    public ChannelLimits Limits { get; }

    public IWebhookAdmin Admin { get; }

    public Update? Read(ReadOnlyMemory<byte> json) => MaxUpdate.Read(json);

    public bool IsGenuine(IHeaderDictionary headers, ReadOnlySpan<byte> body) =>
        !_options.Verify || WebhookSecret.Same(_options.Secret, headers["X-Max-Bot-Api-Secret"]);

    public Task<PolledBatch> PollAsync(string? marker, CancellationToken stop) => _poll.NextAsync(marker, stop);

    public async Task<SendResult> SendAsync(OutboundMessage message, CancellationToken stop)
    {
        if (message is { Kind: OutboundKind.CallbackAnswer, CallbackId: null }) return SendResult.Refused("there is no callback to answer");

        var keyboard = KeyboardFit.Fit(message.Keyboard, Limits, _log);
        var result = MaxOutcome.Of(await CallAsync(message, keyboard, stop), message, _options.Token);
        if (message.Kind != OutboundKind.Replace || result.Outcome != SendOutcome.Refused) return result;

        // The press is too old or its message is gone: the customer still gets the answer, below.
        _log.LogInformation("A message could not be changed in place and goes out as a new one: {Reason}", result.Reason);
        var anew = message with { Kind = OutboundKind.Message, CallbackId = null, MessageId = null };
        return MaxOutcome.Of(await CallAsync(anew, keyboard, stop), anew, _options.Token);
    }

    public void Dispose() => _client.Dispose();

    private Task<MessengerReply> CallAsync(OutboundMessage message, Keyboard? keyboard, CancellationToken stop) => message switch
    {
        { Kind: OutboundKind.CallbackAnswer, CallbackId: { } press } =>
            _api.AnswerAsync(press, json => MaxMessage.WriteNotification(json, message.Text), stop),
        { Kind: OutboundKind.Replace, CallbackId: { } press } =>
            _api.AnswerAsync(press, json => MaxMessage.WriteReplacement(json, message.Text, keyboard), stop),
        { Kind: OutboundKind.Replace, MessageId: { } old } =>
            _api.EditAsync(old, json => MaxMessage.Write(json, message.Text, keyboard, replaces: true), stop),
        _ => _api.SendAsync(message.Chat, json => MaxMessage.Write(json, message.Text, keyboard, replaces: false), stop),
    };
}

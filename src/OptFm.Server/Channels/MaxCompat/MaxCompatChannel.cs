using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using OptFm.Server.Channels.Http;
using OptFm.Server.Channels.Max;
using OptFm.Server.Channels.Telegram;

namespace OptFm.Server.Channels.MaxCompat;

/// <summary>MAX by the deployment guide's API, which has Telegram's shape.</summary>
public sealed class MaxCompatChannel : IDeliveredChannel, IDisposable
{
    public const string Key = "max-compat";

    private readonly MaxOptions _options;
    private readonly MessengerClient _client;
    private readonly TelegramSender _sender;

    /// <param name="options">Settings with a token.</param>
    /// <param name="handler">What carries the calls; owned from here on.</param>
    /// <param name="time">Clock of time limits.</param>
    /// <param name="log">Told of buttons left out and of markup refused.</param>
    public MaxCompatChannel(MaxOptions options, HttpMessageHandler handler, TimeProvider time, ILogger<MaxCompatChannel> log)
    {
        _options = options;
        _client = new MessengerClient(handler, options.Address, $"Bearer {options.Token}", options.CallTimeout, time);
        Limits = new ChannelLimits
        {
            TextLength = 4096,
            KeyboardRows = 100,
            ButtonsPerRow = 8,
            Buttons = 100,
            PayloadBytes = 64,
            PerMinute = options.PerMinute,
            PerSecondInChat = options.PerSecondInChat,
        };
        var outcome = new TelegramOutcome(MaxOptions.ApiKey.Name, options.Token);
        var api = new TelegramApi(_client);
        _sender = new TelegramSender(api, outcome, Limits, CanEdit: false, log);
        Admin = new TelegramAdmin(api, outcome, ["message", "callback_query"], HasCommands: false);
    }

    public string Name => Key;

    public ChannelLimits Limits { get; }

    public IWebhookAdmin Admin { get; }

    public Update? Read(ReadOnlyMemory<byte> json) => TelegramUpdate.Read(json);

    public bool IsGenuine(IHeaderDictionary headers, ReadOnlySpan<byte> body) => !_options.Verify || MaxCompatDelivery.IsGenuine(_options.Secret, headers, body);

    public Task<SendResult> SendAsync(OutboundMessage message, CancellationToken stop) => _sender.SendAsync(message, stop);

    public void Dispose() => _client.Dispose();
}

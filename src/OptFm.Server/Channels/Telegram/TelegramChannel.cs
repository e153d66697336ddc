using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using OptFm.Server.Channels.Http;

namespace OptFm.Server.Channels.Telegram;

/// <summary>Telegram.</summary>
public sealed class TelegramChannel : IPolledChannel, IDeliveredChannel, IDisposable
{
    public const string Key = "telegram";

    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(10);

    private readonly TelegramOptions _options;
    private readonly MessengerClient _client;
    private readonly TelegramSender _sender;
    private readonly TelegramPoll _poll;

    /// <param name="options">Settings with a token.</param>
    /// <param name="handler">What carries the calls; owned from here on.</param>
    /// <param name="time">Clock of time limits.</param>
    /// <param name="log">Told of buttons left out and of markup refused.</param>
    public TelegramChannel(TelegramOptions options, HttpMessageHandler handler, TimeProvider time, ILogger<TelegramChannel> log)
    {
        _options = options;
        var address = new Uri($"{options.Address.AbsoluteUri.TrimEnd('/')}/bot{options.Token}");
        _client = new MessengerClient(handler, address, "", CallTimeout, time);
        Limits = new ChannelLimits
        {
            // https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
            TextLength = 4096,
            KeyboardRows = 100,
            ButtonsPerRow = 8,
            Buttons = 100,
            PayloadBytes = 64,
            PerMinute = options.PerMinute,
            PerSecondInChat = options.PerSecondInChat,
            PerMinuteInGroup = options.PerSecondInChat == 0 ? 0 : 20,
            CallbackAnswersCount = false,
        };
        var api = new TelegramApi(_client);
        var outcome = new TelegramOutcome(TelegramOptions.BotToken.Name, options.Token);
        _sender = new TelegramSender(api, outcome, Limits, CanEdit: true, log);
        _poll = new TelegramPoll(api, outcome);
        Admin = new TelegramAdmin(api, outcome, TelegramUpdate.Types, HasCommands: true);
    }

    public string Name => Key;

    public ChannelLimits Limits { get; }

    public IWebhookAdmin Admin { get; }

    public Update? Read(ReadOnlyMemory<byte> json) => TelegramUpdate.Read(json);

    public bool IsGenuine(IHeaderDictionary headers, ReadOnlySpan<byte> body) =>
        _options.Secret.Length == 0 || WebhookSecret.Same(_options.Secret, headers["X-Telegram-Bot-Api-Secret-Token"]);

    public Task<PolledBatch> PollAsync(string? marker, CancellationToken stop) => _poll.NextAsync(marker, stop);

    public Task<SendResult> SendAsync(OutboundMessage message, CancellationToken stop) => _sender.SendAsync(message, stop);

    public void Dispose() => _client.Dispose();
}

namespace OptFm.Server.Operations;

/// <summary>Logs what customers write and what the bot answers, only where the settings ask for it, with personal data masked.</summary>
public sealed class MessageLog(LogOptions options, ILoggerFactory loggers)
{
    private const int LongestText = 4096;

    /// <summary>A customer's text; nothing unless MAX_LOG_MESSAGES is on.</summary>
    public void Received(string channel, string chat, string text)
    {
        if (options.LogMessages) Logger(channel).LogInformation("Customer in chat {Chat} wrote: {Text}", LogText.OneLine(chat, 128), Safe(text));
    }

    /// <summary>The bot's reply; nothing unless MAX_LOG_RESPONSES is on.</summary>
    public void Answered(string channel, string chat, string text)
    {
        if (options.LogResponses) Logger(channel).LogInformation("Bot in chat {Chat} answered: {Text}", LogText.OneLine(chat, 128), Safe(text));
    }

    /// <summary>A text as it may stand in a log: masked, on one line, at most 4096 characters.</summary>
    public static string Safe(string text) => LogText.OneLine(PersonalData.Mask(text), LongestText);

    // By channel, so that MAX's texts are in MAX's own log, whichever of its APIs they came by.
    private ILogger Logger(string channel) => loggers.CreateLogger(channel switch
    {
        "max" or "max-compat" => Logs.MaxCategory + ".Messages",
        "telegram" => "OptFm.Server.Channels.Telegram.Messages",
        _ => "OptFm.Server.Channels.Web.Messages",
    });
}

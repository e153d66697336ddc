namespace OptFm.Server.Channels;

/// <summary>What a messenger allows. Sources: contracts of MAX and Telegram, linked where each channel sets them.</summary>
public sealed record ChannelLimits
{
    /// <summary>Longest text of one message, in UTF-16 units, after rendering.</summary>
    public required int TextLength { get; init; }

    public int KeyboardRows { get; init; } = 30;

    public int ButtonsPerRow { get; init; } = 7;

    /// <summary>MAX takes fewer buttons in a row that holds a link.</summary>
    public int ButtonsPerRowWithLink { get; init; } = int.MaxValue;

    public int Buttons { get; init; } = 210;

    /// <summary>Longest label, in UTF-16 units.</summary>
    public int ButtonText { get; init; } = 128;

    /// <summary>Longest payload, in UTF-8 bytes.</summary>
    public int PayloadBytes { get; init; } = 64;

    /// <summary>Calls per minute for the whole bot; 0 = no limit. At 60 and above the same rate also holds in each second.</summary>
    public int PerMinute { get; init; }

    /// <summary>Calls per second for one chat; 0 = no limit.</summary>
    public int PerSecondInChat { get; init; }

    /// <summary>Calls per minute for one group chat; 0 = no limit.</summary>
    public int PerMinuteInGroup { get; init; }

    /// <summary>Whether an answer to a button press counts against the chat's limit.</summary>
    public bool CallbackAnswersCount { get; init; } = true;
}

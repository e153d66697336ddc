namespace OptFm.Sandbox;

/// <summary>The fakes. The names, in lower case, are also their first path segment and their names in the control API.</summary>
public enum Messenger
{
    /// <summary>The official MAX Bot API.</summary>
    Max,

    /// <summary>The deployment guide's Telegram-shaped MAX API.</summary>
    Compat,

    /// <summary>The Telegram Bot API.</summary>
    Telegram,
}

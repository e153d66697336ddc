namespace OptFm.Server.Settings;

/// <summary>One setting of the server, as its documentation shows it. The value is read by the feature that owns it.</summary>
/// <param name="Name">The environment variable.</param>
/// <param name="Default">The value when it is absent or empty, as the administrator would write it.</param>
/// <param name="Range">What may be written, in a few words.</param>
/// <param name="Meaning">What it does, in English.</param>
/// <param name="MeaningRu">The same in Russian.</param>
public sealed record Setting(string Name, string Default, string Range, string Meaning, string MeaningRu)
{
    /// <summary>Whether the value must never be printed or logged.</summary>
    public bool Secret { get; init; }

    /// <summary>The value as it may be printed: a secret is hidden whole, of anything else the password it may hold.</summary>
    public string Shown(string value)
    {
        if (value.Length == 0) return "";
        return Secret ? "***" : Passwords.Hide(value);
    }
}

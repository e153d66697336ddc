using OptFm.Server.Settings;

namespace OptFm.Server.Setup;

/// <summary>What the administrator is told, in both languages.</summary>
internal sealed record Words(string English, string Russian)
{
    /// <summary>The same in both languages: output of a program, a path.</summary>
    public static Words Same(string text) => new(text, text);

    public string In(AdministratorLanguage language) => language == AdministratorLanguage.Russian ? Russian : English;
}

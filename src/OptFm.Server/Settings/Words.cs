namespace OptFm.Server.Settings;

/// <summary>A text in both of the administrator's languages; a command is the same in both.</summary>
public sealed record Words(string English, string Russian)
{
    public static implicit operator Words(string both) => new(both, both);

    public static implicit operator Words((string English, string Russian) pair) => new(pair.English, pair.Russian);

    public string In(AdministratorLanguage language) => language == AdministratorLanguage.Russian ? Russian : English;
}

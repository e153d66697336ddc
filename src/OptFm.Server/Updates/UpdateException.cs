namespace OptFm.Server.Updates;

/// <summary>A step of an update cannot be done, for a reason its administrator can act on; told in both languages.</summary>
public sealed class UpdateException(string english, string russian) : Exception(english)
{
    public string In(bool inRussian) => inRussian ? russian : Message;
}

using System.Globalization;

namespace OptFm.Server.Setup;

/// <summary>The numbers of the service's user and group, as the system's own files say.</summary>
internal static class Accounts
{
    public const string Name = "optfm";

    /// <returns>Null where there is no such group: the package is not installed.</returns>
    public static uint? Group(Machine machine) => Number(machine.PathOf("/etc/group"));

    public static uint? User(Machine machine) => Number(machine.PathOf("/etc/passwd"));

    private static uint? Number(string file)
    {
        if (!File.Exists(file)) return null;
        foreach (var line in File.ReadLines(file))
        {
            var fields = line.Split(':');
            if (fields.Length > 2 && fields[0] == Name && uint.TryParse(fields[2], CultureInfo.InvariantCulture, out var number)) return number;
        }

        return null;
    }
}

using System.CommandLine;

namespace OptFm.Server.Cli;

/// <summary><c>optfm db</c>: what concerns the database as a whole.</summary>
public static class DbCommand
{
    public static Command Create() => new("db", "Move everything to another database.") { DbCopyCommand.Create() };
}

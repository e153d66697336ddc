using System.CommandLine;

namespace OptFm.Server.Cli;

/// <summary>THE list of commands: what <c>optfm</c> can do, one file per command.</summary>
public static class Commands
{
    public static Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand("OptFM support bot server")
        {
            SandboxCommand.Create(),
        };
        return root.Parse(args).InvokeAsync();
    }
}

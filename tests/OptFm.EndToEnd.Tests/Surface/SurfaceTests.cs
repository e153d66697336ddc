using System.CommandLine;
using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using OptFm.Server.Cli;
using OptFm.Server.Operations;
using OptFm.Server.Settings;

namespace OptFm.EndToEnd.Tests.Surface;

/// <summary>Proves: what administrators, scripts and messengers rely on does not change unnoticed: commands, settings, addresses.</summary>
public sealed class SurfaceTests
{
    [Fact]
    public async Task Commands_and_their_help()
    {
        var pages = new List<string>();
        foreach (var words in Lines(Commands.Root(), [])) pages.Add($"$ optfm {string.Join(' ', words)}\n{await RunAsync(words)}");

        pages.Count.ShouldBeGreaterThan(8);
        Approved.Check("commands", string.Join('\n', pages));
    }

    [Fact]
    public async Task Questions_of_setup_and_their_keys() => Approved.Check("setup", await RunAsync(["setup", "--questions"]));

    [Fact]
    public async Task Settings_and_their_defaults()
    {
        var lines = (await RunAsync(["config"])).Split('\n').Where(line => line.Contains('=', StringComparison.Ordinal))
            .Select(line => line.Split("  # ")[0]);

        Approved.Check("settings", string.Join('\n', lines));
    }

    [Fact]
    public async Task Addresses_and_their_methods()
    {
        var folder = Directory.CreateTempSubdirectory("optfm-surface-");
        try
        {
            Approved.Check("addresses", string.Join('\n', await AddressesAsync(folder.FullName)));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<IReadOnlyList<string>> AddressesAsync(string folder)
    {
        var reader = new SettingsReader(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["HOST"] = "127.0.0.1",
            ["PORT"] = "0",
            ["DATA_DIR"] = folder,
            ["MAX_API_KEY"] = "key",
            ["MAX_BASE_URL"] = "http://127.0.0.1:9/",
            ["MAX_WEBHOOK_URL"] = "https://bot.example/webhook/max/",
            ["TELEGRAM_BOT_TOKEN"] = "1:token",
            ["TELEGRAM_BASE_URL"] = "http://127.0.0.1:9/",
            ["TELEGRAM_WEBHOOK_URL"] = "https://bot.example/webhook/telegram/",
        });
        var settings = ServerSettings.Read(reader);
        reader.Problems.ShouldBeEmpty();
        await using var logs = new Logs(settings.Log, [], TimeProvider.System);
        await using var server = await BotServer.StartAsync(
            settings, logs, NullLoggerFactory.Instance, TimeProvider.System, new Random(1), TestContext.Current.CancellationToken);
        return server.Routes;
    }

    /// <summary>The command lines that show each command's help.</summary>
    private static IEnumerable<string[]> Lines(Command command, string[] path)
    {
        yield return [.. path, "--help"];
        foreach (var child in command.Subcommands)
        {
            foreach (var line in Lines(child, [.. path, child.Name])) yield return line;
        }
    }

    private static async Task<string> RunAsync(string[] arguments)
    {
        var folder = Directory.CreateTempSubdirectory("optfm-surface-");
        try
        {
            var start = new ProcessStartInfo(ServerBinary.Path, arguments)
            {
                WorkingDirectory = folder.FullName,
                RedirectStandardOutput = true,
                UseShellExecute = false,
            };
            foreach (var setting in ServerSettings.All) start.Environment.Remove(setting.Name);
            start.Environment["LC_ALL"] = "C.UTF-8";
            start.Environment["COLUMNS"] = "120";
            using var process = Process.Start(start)!;
            var output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            process.ExitCode.ShouldBe(0, output);
            return output;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}

using System.Diagnostics;
using OptFm.EndToEnd.Tests.Repository;
using OptFm.Server.Settings;

namespace OptFm.EndToEnd.Tests.Deploy;

/// <summary>Proves: the settings that the package installs are settings of this program, and it starts with them.</summary>
public sealed class SettingsFileTests
{
    [Fact]
    public async Task The_installed_settings_are_accepted_without_a_warning()
    {
        var folder = Directory.CreateTempSubdirectory("optfm-settings-");
        try
        {
            foreach (var file in (string[])["faq.json", "phrases.ru.json"]) File.Copy(Checkout.PathOf($"data/{file}"), Path.Combine(folder.FullName, file));
            var text = await File.ReadAllTextAsync(Checkout.PathOf("deploy/package/optfm.env"), TestContext.Current.CancellationToken);
            var settings = Path.Combine(folder.FullName, "optfm.env");
            await File.WriteAllTextAsync(
                settings,
                text.Replace("/etc/optfm", folder.FullName).Replace("/var/lib/optfm", folder.FullName).Replace("/var/log/optfm", folder.FullName).Replace("OPTFM_LANG=ru", "OPTFM_LANG=en"),
                TestContext.Current.CancellationToken);

            var output = await ConfigAsync(settings);

            output.ShouldContain($"DATA_DIR={folder.FullName}  # .env");
            output.ShouldNotContain("Please note");
            output.ShouldNotContain("cannot be used");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<string> ConfigAsync(string settings)
    {
        var start = new ProcessStartInfo(ServerBinary.Path, ["config"]) { UseShellExecute = false, RedirectStandardOutput = true };
        foreach (var setting in ServerSettings.All) start.Environment.Remove(setting.Name);
        start.Environment["OPTFM_ENV_FILE"] = settings;
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.ExitCode.ShouldBe(0, output);
        return output;
    }
}

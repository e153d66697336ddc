using OptFm.Server.Settings;

namespace OptFm.Server.Setup.Steps;

/// <summary>Security updates of the system by themselves: what dpkg-reconfigure unattended-upgrades writes.</summary>
internal sealed class UpgradesStep : ISetupStep
{
    private const string Switch = "/etc/apt/apt.conf.d/20auto-upgrades";

    public async Task<Words?> PlanAsync(SetupContext setup, CancellationToken stop)
    {
        if (!setup.Choices.Upgrades || !setup.Machine.HasProgram("apt-config") || (setup.Machine.HasProgram("unattended-upgrade") && await IsOnAsync(setup, stop))) return null;
        return new("Install the system's security updates by itself (unattended-upgrades)", "Ставить обновления безопасности системы автоматически (unattended-upgrades)");
    }

    public Task<StepOutcome> ApplyAsync(SetupContext setup, CancellationToken stop)
    {
        if (!setup.Machine.HasProgram("unattended-upgrade"))
            return Task.FromResult(StepOutcome.Skipped("unattended-upgrades is not installed: sudo apt install unattended-upgrades, then sudo optfm setup", "unattended-upgrades не установлен: sudo apt install unattended-upgrades, затем sudo optfm setup"));

        var file = setup.Machine.PathOf(Switch);
        PlacedFile.Write(file, "APT::Periodic::Update-Package-Lists \"1\";\nAPT::Periodic::Unattended-Upgrade \"1\";\n"u8, PlacedFile.Public);
        return Task.FromResult(StepOutcome.Done("security updates come by themselves", "обновления безопасности ставятся сами"));
    }

    private static async Task<bool> IsOnAsync(SetupContext setup, CancellationToken stop)
    {
        var asked = await setup.Machine.RunAsync("apt-config", ["dump", "APT::Periodic::Unattended-Upgrade"], stop);
        return asked.Succeeded && asked.Output.Contains('"') && !asked.Output.Contains("\"0\"", StringComparison.Ordinal);
    }
}

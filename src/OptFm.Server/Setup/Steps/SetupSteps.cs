namespace OptFm.Server.Setup.Steps;

/// <summary>THE list of changes, in the order in which they are made: what fails late leaves a bot that runs.</summary>
internal static class SetupSteps
{
    public static IReadOnlyList<ISetupStep> All { get; } =
    [
        new SettingsStep(),
        new BackupFolderStep(),
        new ServiceStep(),
        new FirewallStep(),
        new CertificateStep(),
        new NginxStep(),
        new Fail2BanStep(),
        new UpgradesStep(),
        new WebhookStep(),
        new TestMessageStep(),
        new TestDeliveryStep(),
    ];
}

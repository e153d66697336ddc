using System.Text;
using OptFm.Server.Settings;

namespace OptFm.Server.Setup.Steps;

/// <summary>The file of settings, and the files that the service could not read where they were.</summary>
internal sealed class SettingsStep : ISetupStep
{
    public bool IsEssential => true;

    public Task<Words?> PlanAsync(SetupContext setup, CancellationToken stop)
    {
        var names = setup.Choices.Settings.Where(s => setup.Present.Settings.GetValueOrDefault(s.Key, "") != s.Value).Select(s => s.Key).ToList();
        var copies = Copies(setup).Select(c => $"{c.Source} → {c.Target}").ToList();
        if (IsSame(setup) && copies.Count == 0) return Task.FromResult<Words?>(null);

        var said = string.Join(", ", names.Where(name => setup.SettingsText.Contains(name, StringComparison.Ordinal)).Concat(copies));
        var file = setup.Machine.SettingsFile;
        return Task.FromResult<Words?>(new($"Write {file}: {said}", $"Записать {file}: {said}"));
    }

    public Task<StepOutcome> ApplyAsync(SetupContext setup, CancellationToken stop)
    {
        if (Accounts.Group(setup.Machine) is not { } group)
            return Task.FromResult(StepOutcome.Failed("There is no group optfm: install the package first", "Нет группы optfm: сначала установите пакет"));

        foreach (var copy in Copies(setup))
        {
            var target = setup.Machine.PathOf(copy.Target);
            PlacedFile.KeepPrevious(target, setup.Machine.Clock, group);
            PlacedFile.Write(target, File.ReadAllBytes(setup.Machine.PathOf(copy.Source)), PlacedFile.Private, group);
        }

        var file = setup.Machine.PathOf(setup.Machine.SettingsFile);
        if (IsSame(setup)) return Task.FromResult(StepOutcome.Done("the files are copied", "файлы скопированы"));

        var kept = PlacedFile.KeepPrevious(file, setup.Machine.Clock, group);
        PlacedFile.Write(file, Encoding.UTF8.GetBytes(setup.SettingsText), PlacedFile.Private, group);
        return Task.FromResult(kept is null
            ? StepOutcome.Done($"{file} is written", $"{file} записан")
            : StepOutcome.Done($"{file} is written; as it was before: {kept}", $"{file} записан; прежний: {kept}"));
    }

    private static bool IsSame(SetupContext setup) =>
        setup.SettingsText == setup.Present.SettingsText && File.Exists(setup.Machine.PathOf(setup.Machine.SettingsFile))
        && PlacedFile.ModeOf(setup.Machine.PathOf(setup.Machine.SettingsFile)) == PlacedFile.Private;

    private static IEnumerable<FileCopy> Copies(SetupContext setup) => setup.Choices.Copies.Where(copy =>
    {
        var (source, target) = (setup.Machine.PathOf(copy.Source), setup.Machine.PathOf(copy.Target));
        return !File.Exists(target) || !File.ReadAllBytes(source).AsSpan().SequenceEqual(File.ReadAllBytes(target));
    });
}

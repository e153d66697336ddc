namespace OptFm.Server.Doctor;

/// <summary>Runs the checks: stage by stage, those of a stage at once, each bounded in time. Whatever a check does, the others are heard.</summary>
public sealed class Examination(IReadOnlyList<IReadOnlyList<ICheck>> stages)
{
    /// <summary>Of a check that did not do its work.</summary>
    public static readonly Diagnosis Itself = new(
        "doctor",
        Area.Machine,
        ("the doctor itself", "сама проверка"),
        ("A check that fails has found nothing, neither good nor bad.", "Проверка, которая не состоялась, ничего не нашла: ни хорошего, ни плохого."),
        ("Run it again; if it stays so, report it with the output of: optfm doctor --json", "Запустите ещё раз; если повторяется, сообщите разработчикам вывод: optfm doctor --json"));

    /// <summary>How long one check may take. With two stages the whole ends within twenty seconds.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(9);

    public async Task<IReadOnlyList<Finding>> RunAsync(DoctorContext context, CancellationToken stop)
    {
        var findings = new List<Finding>();
        foreach (var stage in stages)
        {
            var known = context with { Earlier = [.. findings] };
            var found = await Task.WhenAll(stage.Select(check => RunAsync(check, known, stop)));
            findings.AddRange(found.SelectMany(list => list));
        }

        return [.. findings.OrderBy(finding => finding.Diagnosis.Area)];
    }

    private async Task<IReadOnlyList<Finding>> RunAsync(ICheck check, DoctorContext context, CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(Patience);
        var about = check.Diagnoses[0];
        try
        {
            // Not on this thread: a check may hang in a system call before its first await.
            return await Task.Run(() => check.RunAsync(context, limit.Token), limit.Token).WaitAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            var seconds = (int)Patience.TotalSeconds;
            return [about.Unchecked(($"{about.Title.English}: no result within {seconds} s", $"{about.Title.Russian}: нет результата за {seconds} с"))];
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The exception's own words stay unsaid: they may hold what must not be printed.
            var kind = e.GetType().Name;
            return [Itself.Warning(($"the check of {about.Title.English} failed ({about.Id}: {kind})", $"проверка «{about.Title.Russian}» не состоялась ({about.Id}: {kind})"))];
        }
    }
}

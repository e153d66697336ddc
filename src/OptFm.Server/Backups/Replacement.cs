using System.Text.Json;

namespace OptFm.Server.Backups;

/// <summary>
/// Several files replaced as one. Before the first is touched, the whole undertaking is written down in <c>restore-unfinished.json</c>; a
/// failure undoes it at once, and after a power cut the server's next start does. What was replaced stays in a folder of its own.
/// </summary>
/// <param name="Steps">In order.</param>
/// <param name="Mark">Of the database that is replaced with them, see <see cref="IHeldDatabase.Mark"/>.</param>
internal sealed record Replacement(IReadOnlyList<ReplacementStep> Steps, string? Mark = null)
{
    internal const string FileName = "restore-unfinished.json";
    internal const string Beside = ".restoring";

    /// <summary>Puts the new files beside their places, all of them, so that nothing but renaming is left to do.</summary>
    /// <param name="folder">Where the new files lie.</param>
    public void Prepare(string folder)
    {
        foreach (var step in Steps.Where(step => step.Name is not null))
        {
            var parent = Path.GetDirectoryName(step.Target)!;
            FileOwner.CreateFolder(parent, FileOwner.PrivateFolder | UnixFileMode.GroupRead | UnixFileMode.GroupExecute);
            var owner = FileOwner.Of(step.Target) ?? step.Owner;
            var staged = Path.Combine(folder, step.Name!);
            owner.Own(staged);
            owner.Allow(staged);
            File.Move(staged, step.Target + Beside, overwrite: true);
            // Across file systems it was a copy.
            owner.Own(step.Target + Beside);
            Durable.Flush(step.Target + Beside);
        }
    }

    /// <summary>Replaces all or, failing that, none.</summary>
    /// <param name="sealAsync">Comes last; once it succeeded, nothing is undone any more.</param>
    public async Task RunAsync(string dataFolder, Func<Task> sealAsync)
    {
        Write(Path.Combine(dataFolder, FileName));
        try
        {
            foreach (var step in Steps) step.Run(Beside);
            await sealAsync();
        }
        catch (Exception e) when (e is not OutcomeUnknownException)
        {
            Undo();
            File.Delete(Path.Combine(dataFolder, FileName));
            throw;
        }

        File.Delete(Path.Combine(dataFolder, FileName));
        Durable.FlushFolder(dataFolder);
    }

    /// <summary>Removes what <see cref="Prepare"/> made and nobody used.</summary>
    public void Clean()
    {
        foreach (var step in Steps)
        {
            try
            {
                File.Delete(step.Target + Beside);
            }
            catch (UnauthorizedAccessException)
            {
                // Root's, and harmless: the next restore takes its place.
            }
        }
    }

    public static bool IsUnfinished(string dataFolder) => File.Exists(Path.Combine(dataFolder, FileName));

    /// <summary>Brings back the state before a restore that was cut off, unless nothing but its end was missing.</summary>
    /// <param name="isSealed">Whether the database bears this mark.</param>
    /// <returns>Whether it was undone.</returns>
    /// <exception cref="UnauthorizedAccessException">Part of it is root's.</exception>
    public static bool UndoUnfinished(string dataFolder, Func<string, bool> isSealed)
    {
        var file = Path.Combine(dataFolder, FileName);
        if (!File.Exists(file)) return false;

        var replacement = JsonSerializer.Deserialize<Replacement>(File.ReadAllBytes(file));
        var undo = replacement?.Mark is not { } mark || !isSealed(mark);
        if (undo) replacement?.Undo();
        replacement?.Clean();
        File.Delete(file);
        return undo;
    }

    /// <summary>A new restore takes its place. What the old one kept stays where it is.</summary>
    public static void Forget(string dataFolder) => File.Delete(Path.Combine(dataFolder, FileName));

    private void Undo()
    {
        foreach (var step in Steps.Reverse()) step.Undo(Beside);
    }

    internal void Write(string file)
    {
        using (var stream = FileOwner.Create(file + ".new", FileOwner.Private, FileMode.Create)) JsonSerializer.Serialize(stream, this);
        Durable.Replace(file + ".new", file);
    }
}

/// <param name="Name">Of the new file; null where the old one only goes.</param>
/// <param name="Kept">Where the old file is kept; the file may be absent, as the old one.</param>
/// <param name="Owner">Of the new file where there is no old one.</param>
internal sealed record ReplacementStep(string Target, string? Name, string Kept, FileOwner Owner)
{
    public void Run(string beside)
    {
        if (File.Exists(Target)) Keep(Target, Kept);
        if (Name is null) File.Delete(Target);
        else Durable.Replace(Target + beside, Target);
    }

    /// <summary>May be called whether the step was done or not.</summary>
    public void Undo(string beside)
    {
        if (File.Exists(Kept))
        {
            Keep(Kept, Target + beside);
            Durable.Replace(Target + beside, Target);
        }
        else if (Name is not null && !File.Exists(Target + beside))
        {
            // Done, and there was no old one.
            File.Delete(Target);
        }
    }

    private static void Keep(string file, string name)
    {
        File.Delete(name);
        if (FileOwner.TryLink(file, name)) return;

        // Another file system.
        File.Copy(file, name + ".part", overwrite: true);
        FileOwner.Of(file)?.Own(name + ".part");
        Durable.Replace(name + ".part", name);
    }
}

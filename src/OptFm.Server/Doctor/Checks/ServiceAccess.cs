namespace OptFm.Server.Doctor.Checks;

/// <summary>What the service's user may do with files. Asked in that user's place, since only so folders, lists and mounts all count.</summary>
internal static class ServiceAccess
{
    /// <returns>Null where it cannot be known: not installed, not root, no such user.</returns>
    public static Task<bool?> IsReadableAsync(DoctorContext context, string path, CancellationToken stop) => MayAsync(context, "-r", path, stop);

    /// <inheritdoc cref="IsReadableAsync"/>
    public static Task<bool?> IsWritableAsync(DoctorContext context, string path, CancellationToken stop) => MayAsync(context, "-w", path, stop);

    public static string Mend(DoctorContext context, string file) => $"sudo chgrp {context.ServiceUser} {file} && sudo chmod 0640 {file}";

    private static async Task<bool?> MayAsync(DoctorContext context, string question, string path, CancellationToken stop)
    {
        if (!context.Installed || !context.IsRoot) return null;

        var ran = await context.RunAsync("runuser", ["-u", context.ServiceUser, "--", "test", question, path], stop);
        // test(1) says 1 for no; anything else is runuser's own trouble, such as a user that is not there.
        return ran switch { { Succeeded: true } => true, { Found: true, TimedOut: false, ExitCode: 1, Output: "" } => false, _ => null };
    }
}

namespace OptFm.Server.Doctor;

/// <summary>
/// Looks at one part of the installation. Steps that depend on each other are one check, which stops at the first that fails: of a name
/// without an address nobody needs to hear that its port is closed too.
/// </summary>
public interface ICheck
{
    /// <summary>All that it can find, the main one first.</summary>
    IReadOnlyList<Diagnosis> Diagnoses { get; }

    /// <summary>What was found; nothing where the check does not apply. May throw: the doctor reports it.</summary>
    Task<IReadOnlyList<Finding>> RunAsync(DoctorContext context, CancellationToken stop);
}

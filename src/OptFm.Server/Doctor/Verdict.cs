namespace OptFm.Server.Doctor;

/// <summary>What all findings come to.</summary>
public static class Verdict
{
    /// <summary>The worst of them; what was not checked counts for nothing.</summary>
    public static FindingLevel Of(IReadOnlyList<Finding> findings)
    {
        if (findings.Any(finding => finding.Level == FindingLevel.Failure)) return FindingLevel.Failure;
        return findings.Any(finding => finding.Level == FindingLevel.Warning) ? FindingLevel.Warning : FindingLevel.Ok;
    }

    /// <summary>0 all well, 1 warnings, 2 failures.</summary>
    public static int ExitCode(IReadOnlyList<Finding> findings) => Of(findings) switch
    {
        FindingLevel.Failure => 2,
        FindingLevel.Warning => 1,
        _ => 0,
    };
}

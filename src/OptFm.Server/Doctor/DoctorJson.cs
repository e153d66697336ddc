using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using OptFm.Server.Operations;
using OptFm.Server.Settings;

namespace OptFm.Server.Doctor;

/// <summary>Findings for programs. Ids and levels are stable, the texts are for people.</summary>
internal static class DoctorJson
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public static string Of(IReadOnlyList<Finding> findings, AdministratorLanguage language, DateTimeOffset now) => new JsonObject
    {
        ["version"] = Health.Version,
        ["time"] = now.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
        ["level"] = Name(Verdict.Of(findings)),
        ["findings"] = new JsonArray([.. findings.Select(finding => Json(finding, language))]),
    }.ToJsonString(Readable);

    public static string Name(FindingLevel level) => level.ToString().ToLowerInvariant();

    private static JsonObject Json(Finding finding, AdministratorLanguage language) => new()
    {
        ["id"] = finding.Diagnosis.Id,
        ["level"] = Name(finding.Level),
        ["area"] = finding.Diagnosis.Area.ToString().ToLowerInvariant(),
        ["what"] = finding.What.In(language),
        ["why"] = finding.Diagnosis.Why.In(language),
        ["mend"] = finding.Mend.In(language),
    };
}

using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;
using OptFm.Server.Operations;

namespace OptFm.Server.Backups.Postgres;

/// <summary>
/// PostgreSQL's own programs, of a version that can do it: <c>pg_dump</c> refuses a server newer than itself, <c>pg_restore</c> a dump.
/// They are called where Debian keeps each version, past the wrapper in /usr/bin that chooses by the clusters of this machine.
/// </summary>
/// <param name="versions">Folder with a folder for each version; replaced in tests.</param>
internal sealed partial class ClientPrograms(string versions = "/usr/lib/postgresql")
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(20);

    /// <param name="name">pg_dump or pg_restore.</param>
    /// <param name="least">The oldest version that will do; 0 for any, then the newest is taken, else the nearest.</param>
    /// <exception cref="BackupException">It is missing or too old.</exception>
    public async Task<string> FindAsync(string name, int least, CancellationToken stop)
    {
        var found = new List<(string File, int Version)>();
        foreach (var file in Candidates(name))
        {
            var said = await ExternalProgram.RunAsync(file, ["--version"], Short, stop);
            if (said.Succeeded && Version().Match(said.Output) is { Success: true } version) found.Add((file, int.Parse(version.Groups["major"].Value, CultureInfo.InvariantCulture)));
        }

        var fit = found.Where(program => program.Version >= least).OrderBy(program => least == 0 ? -program.Version : program.Version).Select(program => program.File).FirstOrDefault();
        if (fit is not null) return fit;
        throw found.Count == 0 ? Missing(name) : Old(name, found.Max(program => program.Version), least);
    }

    /// <summary>How a program reaches the server that <paramref name="connection"/> reached: by its environment, which others cannot read.</summary>
    /// <remarks>https://www.postgresql.org/docs/current/libpq-envars.html</remarks>
    public static Dictionary<string, string> Environment(NpgsqlConnection connection, NpgsqlConnectionStringBuilder address)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            // The very host, of several: a snapshot is known where it was taken.
            ["PGHOST"] = connection.Host ?? "",
            ["PGPORT"] = connection.Port.ToString(CultureInfo.InvariantCulture),
            ["PGHOSTADDR"] = "",
            ["PGOPTIONS"] = "",
            ["PGDATABASE"] = address.Database ?? "",
            ["PGUSER"] = address.Username ?? "",
            ["PGSSLMODE"] = address.SslMode switch { SslMode.VerifyCA => "verify-ca", SslMode.VerifyFull => "verify-full", var mode => mode.ToString().ToLowerInvariant() },
            ["PGCONNECT_TIMEOUT"] = "15",
            ["PGCLIENTENCODING"] = "UTF8",
            ["PGAPPNAME"] = Link.BackupName,
        };
        if (address.Password is { Length: > 0 } password) variables["PGPASSWORD"] = password;
        if (address.RootCertificate is { Length: > 0 } root) variables["PGSSLROOTCERT"] = root;
        else if (address.SslMode is SslMode.VerifyCA or SslMode.VerifyFull) variables["PGSSLROOTCERT"] = SystemRoots;
        if (address.SslCertificate is { Length: > 0 } certificate) variables["PGSSLCERT"] = certificate;
        if (address.SslKey is { Length: > 0 } key) variables["PGSSLKEY"] = key;
        return variables;
    }

    /// <summary>libpq, unlike this program, does not look there by itself.</summary>
    private const string SystemRoots = "/etc/ssl/certs/ca-certificates.crt";

    private List<string> Candidates(string name)
    {
        var own = Directory.Exists(versions) ? Directory.GetDirectories(versions).Select(folder => Path.Combine(folder, "bin", name)).Where(File.Exists).ToList() : [];
        return own.Count > 0 || ExternalProgram.Find(name) is not { } found ? own : [found];
    }

    private static BackupException Missing(string name) => new(
        $"{name} is not installed, and without it PostgreSQL can be neither backed up nor restored: sudo apt install postgresql-client",
        $"{name} не установлен, а без него базу PostgreSQL не скопировать и не восстановить: sudo apt install postgresql-client");

    private static BackupException Old(string name, int version, int least) => new(
        $"{name} is of version {version}, and PostgreSQL is of version {least}: an older one refuses a newer server. sudo apt install postgresql-client-{least} (for Debian's older releases from https://apt.postgresql.org)",
        $"{name} — версии {version}, а PostgreSQL — версии {least}: старый с новым сервером не работает. sudo apt install postgresql-client-{least} (для старых выпусков Debian — с https://apt.postgresql.org)");

    [GeneratedRegex(@"\(PostgreSQL\) (?<major>[0-9]{1,3})[.a-z0-9 ]", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Version();
}

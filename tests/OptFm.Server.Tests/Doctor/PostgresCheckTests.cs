using OptFm.Server.Doctor;
using OptFm.Server.Doctor.Checks;
using OptFm.Server.Storage;
using OptFm.Server.Storage.Postgres;
using OptFm.Server.Tests.Storage;

namespace OptFm.Server.Tests.Doctor;

/// <summary>Proves: what can be wrong with PostgreSQL is found on a real one, and told in one line with what mends it.</summary>
public sealed class PostgresCheckTests(PostgresServer server) : IDisposable
{
    private readonly Clinic _clinic = new();

    public void Dispose() => _clinic.Dispose();

    [Fact]
    public async Task A_server_beside_a_running_node_is_well()
    {
        var database = await DatabaseAsync();
        using var node = PostgresDatabase.Open(database, TimeProvider.System);

        var findings = await _clinic.RunAsync<PostgresCheck>();

        findings.ShouldAllBe(finding => finding.Level == FindingLevel.Ok);
        findings.Select(finding => finding.Diagnosis.Id).ShouldBeSubsetOf(CheckList.Diagnoses.Select(diagnosis => diagnosis.Id));
        findings.Select(finding => finding.Diagnosis.Id).ShouldContain("inbox-backlog");
        (await _clinic.RunAsync<DatabaseCheck>()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Looking_at_an_empty_database_leaves_it_empty()
    {
        var database = await DatabaseAsync();

        (await _clinic.FindAsync<PostgresCheck>("database-schema")).ShouldSay(FindingLevel.Unchecked, "first start");

        (await server.AskAsync("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'", database.Address.Database!)).ShouldBe(0L);
    }

    [Fact]
    public async Task A_database_of_a_newer_program_is_told()
    {
        var database = await DatabaseAsync();
        PostgresDatabase.Open(database, TimeProvider.System).Dispose();
        await server.AskAsync("UPDATE optfm_schema SET version = 999", database.Address.Database!);

        (await _clinic.FindAsync<PostgresCheck>("database-schema")).ShouldSay(FindingLevel.Failure, "schema 999", "newer optfm");
    }

    [Fact]
    public async Task A_wrong_password_is_named_and_not_told()
    {
        var database = await DatabaseAsync();
        _clinic.Set("DATABASE_URL", server.Url(database.Address.Database!, password: "hunter2"));

        var finding = await _clinic.FindAsync<PostgresCheck>("postgres");

        finding.ShouldSay(FindingLevel.Failure, "the password in DATABASE_URL is wrong");
        finding.Mend.English.ShouldContain("nano");
        finding.ToString().ShouldNotContain("hunter2");
    }

    [Fact]
    public async Task A_database_that_is_not_there_is_named_with_the_command_that_makes_it()
    {
        await DatabaseAsync();
        _clinic.Set("DATABASE_URL", server.Url("nowhere"));

        (await _clinic.FindAsync<PostgresCheck>("postgres")).Mend.English.ShouldBe("sudo -u postgres createdb -O optfm nowhere");
    }

    [Fact]
    public async Task A_server_that_does_not_run_is_named()
    {
        _clinic.Set("DATABASE_URL", "postgresql://optfm:hunter2@127.0.0.1:9/optfm");

        (await _clinic.FindAsync<PostgresCheck>("postgres")).ShouldSay(FindingLevel.Failure, "127.0.0.1:9/optfm cannot be reached");
    }

    [Fact]
    public async Task A_server_that_takes_no_more_connections_is_named()
    {
        var database = await DatabaseAsync();
        await server.AskAsync($"CREATE ROLE narrow_{database.Address.Database} LOGIN PASSWORD 'few' CONNECTION LIMIT 0");
        _clinic.Set("DATABASE_URL", server.Url(database.Address.Database!, password: "few").Replace("//optfm:", $"//narrow_{database.Address.Database}:", StringComparison.Ordinal));

        (await _clinic.FindAsync<PostgresCheck>("postgres")).ShouldSay(FindingLevel.Failure, "no connection left");
    }

    [Fact]
    public async Task A_server_without_tls_is_named_where_tls_is_asked_for()
    {
        var database = await DatabaseAsync();
        await using var door = TcpDoor.Open(database.Address.Host!);
        _clinic.Set("DATABASE_URL", Through(door, database) + "?sslmode=require");

        (await _clinic.FindAsync<PostgresCheck>("postgres")).ShouldSay(FindingLevel.Failure, "not by TLS", "No SSL");
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_is_named()
    {
        using var certificates = new TestCertificates();
        var database = await DatabaseAsync();
        await using var door = TcpDoor.Open(database.Address.Host!, certificates.SelfSigned("localhost"));
        _clinic.Set("DATABASE_URL", Through(door, database) + "?sslmode=verify-full");

        (await _clinic.FindAsync<PostgresCheck>("postgres")).ShouldSay(FindingLevel.Failure, "not by TLS", "sslrootcert=");
    }

    [Fact]
    public async Task A_standby_is_told()
    {
        var database = await DatabaseAsync();
        await server.AskAsync($"ALTER DATABASE {database.Address.Database} SET default_transaction_read_only = on");

        (await _clinic.FindAsync<PostgresCheck>("postgres-writable")).ShouldSay(FindingLevel.Failure, "standby", "target_session_attrs");
    }

    [Fact]
    public void What_a_server_says_of_itself_is_judged()
    {
        var well = new PostgresFacts("15.3", false, true, false, 97, 20, 5 << 20, TimeSpan.Zero, TimeSpan.Zero, 0, 0, 1, 3);

        Judged(well).ShouldAllBe(finding => finding.Level == FindingLevel.Ok);
        Worst(well with { Encrypted = false }).ShouldSay(FindingLevel.Warning, "not encrypted");
        Worst(well with { Nodes = 13 }).ShouldSay(FindingLevel.Failure, "13 nodes", "104 connections", "has 97");
        Worst(well with { Used = 95 }).ShouldSay(FindingLevel.Warning, "95 of 97");
        Worst(well with { Longest = TimeSpan.FromHours(2) }).ShouldSay(FindingLevel.Warning, "120 min");
        Worst(well with { Dead = 3_000_000, Live = 10 }).ShouldSay(FindingLevel.Warning, "3000000 old rows");
        Worst(well with { Ahead = TimeSpan.FromMinutes(-1) }).ShouldSay(FindingLevel.Warning, "60 s behind");
    }

    private static List<Finding> Judged(PostgresFacts facts) => [.. PostgresJudge.Find(facts, connections: 8)];

    private static Finding Worst(PostgresFacts facts) => Judged(facts).Where(finding => finding.Level != FindingLevel.Ok).ShouldHaveSingleItem();

    /// <summary>The database's address by another way.</summary>
    private string Through(TcpDoor door, PostgresOptions database) =>
        server.Url(database.Address.Database!).Replace(Uri.EscapeDataString(database.Address.Host!), $"localhost:{door.Port}", StringComparison.Ordinal);

    private async Task<PostgresOptions> DatabaseAsync()
    {
        var database = await server.DatabaseAsync();
        _clinic.Set("DATABASE_URL", server.Url(database.Address.Database!));
        return database;
    }
}

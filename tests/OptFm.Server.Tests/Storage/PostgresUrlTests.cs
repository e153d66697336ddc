using Npgsql;
using OptFm.Server.Storage.Postgres;
using OptFm.Server.Tests.Settings;

namespace OptFm.Server.Tests.Storage;

public sealed class PostgresUrlTests
{
    [Fact]
    public void An_address_names_user_hosts_and_database_as_libpq_reads_it()
    {
        var read = PostgresUrl.Read("postgresql://shop:p%40ss%2Fword@db1.example:5433,db2.example/optfm?target_session_attrs=read-write&sslmode=verify-full&sslrootcert=/etc/ca.pem");

        (read.Username, read.Password, read.Host, read.Database).ShouldBe(("shop", "p@ss/word", "db1.example:5433,db2.example", "optfm"));
        (read.TargetSessionAttributes, read.SslMode, read.RootCertificate).ShouldBe(("read-write", SslMode.VerifyFull, "/etc/ca.pem"));
    }

    [Theory]
    [InlineData("postgres://u@/db?host=/run/postgresql", "/run/postgresql")]
    [InlineData("postgres://u@%2Frun%2Fpostgresql/db", "/run/postgresql")]
    [InlineData("postgresql://u@[::1]:5432/db", "[::1]:5432")]
    public void A_socket_and_an_IPv6_address_are_understood(string url, string host) => PostgresUrl.Read(url).Host.ShouldBe(host);

    [Theory]
    [InlineData("postgresql://u:p@host", "no database")]
    [InlineData("postgresql://host/db", "no user")]
    [InlineData("postgresql://u:p@/db", "no host")]
    [InlineData("postgresql://u:p@host:99999/db", "a port")]
    [InlineData("postgresql://u:p@host/db?sslmode=maybe", "sslmode")]
    [InlineData("postgresql://u:p@host/db?colour=red", "unknown parameter")]
    [InlineData("postgresql://u:p@host/db?connect_timeout=soon", "connect_timeout")]
    public void What_cannot_be_understood_is_named(string url, string named) => Should.Throw<UrlException>(() => PostgresUrl.Read(url)).Message.ShouldContain(named);

    [Theory]
    [InlineData("postgresql://u:hunter?2@host/db")]
    [InlineData("postgresql://u:hunter/2@host/db")]
    [InlineData("postgresql://u:hunter#2@host:x/db")]
    [InlineData("postgresql://u:2?hunter=1&hunter@host/db")]
    [InlineData("postgresql://u:hunter2@host/db?hunter=1")]
    public void A_password_that_was_not_escaped_is_not_told(string url)
    {
        var problem = Given.Environment(("DATABASE_URL", url)).Problems.SingleOrDefault();

        (problem?.English + problem?.Russian).ShouldNotContain("hunter");
    }

    [Fact]
    public void The_settings_take_it_and_never_show_its_password()
    {
        var loaded = Given.Environment(("DATABASE_URL", "postgresql://shop:hunter2@db.example/optfm"), ("DATABASE_CONNECTIONS", "12"));

        loaded.Problems.ShouldBeEmpty();
        var server = loaded.Settings.Storage.Postgres.ShouldNotBeNull();
        (server.Place, server.Connections).ShouldBe(("db.example:5432/optfm", 12));

        var wrong = Given.Environment(("DATABASE_URL", "postgresql://shop:hunter2@db.example:port/optfm"));
        wrong.Problems.ShouldHaveSingleItem().English.ShouldNotContain("hunter2");
    }
}

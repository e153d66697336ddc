using OptFm.Server.Updates;

namespace OptFm.Server.Tests.Updates;

/// <summary>Proves: a package passes only if every checksum given for it is right. Signatures are tried with real keys in the tests of deploy/.</summary>
public sealed class AuthenticityTests : IDisposable
{
    private const string Hello = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("optfm-authenticity-");

    private string Package => Path.Combine(_folder.FullName, "optfm_1.deb");

    public AuthenticityTests() => File.WriteAllText(Package, "hello");

    [Theory]
    [InlineData(Hello + "  optfm_1.deb\n")]
    [InlineData("# releases\r\n" + Hello + " *optfm_1.deb\r\n")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000  another.deb\n" + Hello + "  ./optfm_1.deb")]
    public async Task The_list_beside_it_is_read_as_sha256sum_writes_it(string list)
    {
        List(list);

        await CheckAsync(null);
    }

    [Fact]
    public async Task A_checksum_by_hand_does() => await CheckAsync(Hello.ToUpperInvariant());

    [Theory]
    [InlineData("")]
    [InlineData(Hello)]
    [InlineData(Hello + "  another.deb")]
    [InlineData("zzz24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824  optfm_1.deb")]
    public async Task A_list_without_it_is_no_check(string list)
    {
        List(list);

        (await Should.ThrowAsync<UpdateException>(CheckAsync(null))).Message.ShouldContain("--unchecked");
    }

    [Fact]
    public async Task One_wrong_checksum_refuses_it()
    {
        List(new string('0', 64) + "  optfm_1.deb\n");

        (await Should.ThrowAsync<UpdateException>(CheckAsync(Hello))).Message.ShouldContain("Download it again");
    }

    [Fact]
    public async Task With_the_makers_key_a_checksum_alone_is_not_enough()
    {
        var key = Path.Combine(_folder.FullName, "key.gpg");
        await File.WriteAllTextAsync(key, "a key", TestContext.Current.CancellationToken);

        var refused = await Should.ThrowAsync<UpdateException>(CheckAsync(Hello, key));

        refused.Message.ShouldContain("has no signature");
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private void List(string text) => File.WriteAllText(Path.Combine(_folder.FullName, "SHA256SUMS"), text);

    private Task CheckAsync(string? sha256, string key = "/nowhere")
    {
        var copy = Path.Combine(_folder.CreateSubdirectory("copy").FullName, "optfm_1.deb");
        File.Copy(Package, copy, overwrite: true);
        return new Authenticity(Package, copy) { KeyFile = key }.CheckAsync(sha256, TestContext.Current.CancellationToken);
    }
}

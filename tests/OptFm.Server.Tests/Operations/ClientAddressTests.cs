using System.Net;
using FsCheck;
using FsCheck.Fluent;
using OptFm.Server.Operations;
using OptFm.Server.Tests.Settings;

namespace OptFm.Server.Tests.Operations;

public sealed class ClientAddressTests
{
    private static readonly IReadOnlyList<System.Net.IPNetwork> Trusted = Given.Environment(("TRUSTED_PROXIES", "127.0.0.0/8,::1,10.0.0.0/8")).Settings.Http.Proxies;

    [Theory]
    [InlineData("203.0.113.7", "198.51.100.1", "203.0.113.7")]
    [InlineData("127.0.0.1", "", "127.0.0.1")]
    [InlineData("127.0.0.1", "198.51.100.1", "198.51.100.1")]
    [InlineData("::1", "198.51.100.1", "198.51.100.1")]
    [InlineData("::ffff:127.0.0.1", "::ffff:198.51.100.1", "198.51.100.1")]
    [InlineData("127.0.0.1", "6.6.6.6, 198.51.100.1", "198.51.100.1")]
    [InlineData("127.0.0.1", "6.6.6.6,198.51.100.1 , 10.1.2.3", "198.51.100.1")]
    [InlineData("127.0.0.1", "10.1.1.1, 10.2.2.2", "10.1.1.1")]
    [InlineData("127.0.0.1", "junk, 198.51.100.1", "198.51.100.1")]
    [InlineData("127.0.0.1", "198.51.100.1, junk", "127.0.0.1")]
    [InlineData("127.0.0.1", "198.51.100.1, unknown, 10.1.2.3", "10.1.2.3")]
    [InlineData("127.0.0.1", "198.51.100.1:4711", "198.51.100.1")]
    [InlineData("127.0.0.1", "[2001:db8::1]:4711", "2001:db8::1")]
    [InlineData("127.0.0.1", "2001:db8::1", "2001:db8::1")]
    [InlineData("127.0.0.1", "1", "127.0.0.1")]
    [InlineData("127.0.0.1", "0x7f.0.0.1", "127.0.0.1")]
    [InlineData("127.0.0.1", "010.0.0.1", "127.0.0.1")]
    [InlineData("127.0.0.1", "fe80::1%eth0", "127.0.0.1")]
    [InlineData("127.0.0.1", ",", "127.0.0.1")]
    [InlineData("127.0.0.1", "[::1", "127.0.0.1")]
    public void The_client_is_the_first_hop_from_the_right_that_is_not_ours(string peer, string header, string client) =>
        ClientAddress.Of(IPAddress.Parse(peer), header, Trusted)!.ToString().ShouldBe(client);

    [Fact]
    public void A_stranger_cannot_choose_an_address_whatever_the_header()
    {
        var stranger = IPAddress.Parse("203.0.113.7");
        Prop.ForAll<NonNull<string>>(header =>
            ClientAddress.Of(stranger, header.Get, Trusted)!.Equals(stranger)
            && ClientAddress.Of(IPAddress.Loopback, $"{header.Get},203.0.113.7", Trusted)!.Equals(stranger)).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Any_chain_of_our_proxies_leads_to_the_client()
    {
        var chains =
            from client in Gen.Choose(0, 255)
            from proxies in Gen.ListOf(Gen.Choose(0, 255))
            where proxies.Count < 30
            select (Client: $"203.0.113.{client}", Proxies: proxies.Select(last => $"10.0.0.{last}"));
        Prop.ForAll(chains.ToArbitrary(), chain =>
            ClientAddress.Of(IPAddress.Loopback, string.Join(", ", ["6.6.6.6", chain.Client, .. chain.Proxies]), Trusted)!.ToString() == chain.Client).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_header_of_a_million_hops_is_not_walked_to_its_end()
    {
        var header = "198.51.100.1" + string.Concat(Enumerable.Repeat(",10.0.0.1", 1_000_000));
        ClientAddress.Of(IPAddress.Loopback, header, Trusted)!.ToString().ShouldBe("10.0.0.1");
        ClientAddress.Of(null, header, Trusted).ShouldBeNull();
    }
}

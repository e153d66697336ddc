using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using OptFm.Server.Channels;

namespace OptFm.Server.Tests.Channels;

public class GenuineDeliveryTests
{
    private static readonly byte[] Body = Encoding.UTF8.GetBytes("""{"a":1}""");

    [Theory]
    [InlineData("X-Max-Bot-Api-Secret", "s3cret", true)]
    [InlineData("X-Max-Bot-Api-Secret", "S3cret", false)]
    [InlineData("X-Telegram-Bot-Api-Secret-Token", "s3cret", false)]
    public void Max_proves_itself_by_its_header(string header, string value, bool genuine) => Is(TestChannels.Max(new StubHandler()), header, value).ShouldBe(genuine);

    [Theory]
    [InlineData("X-Telegram-Bot-Api-Secret-Token", "s3cret", true)]
    [InlineData("X-Telegram-Bot-Api-Secret-Token", "", false)]
    public void Telegram_proves_itself_by_its_header(string header, string value, bool genuine) =>
        Is(TestChannels.Telegram(new StubHandler()), header, value).ShouldBe(genuine);

    [Theory]
    [InlineData("X-Telegram-Bot-Api-Secret-Token", "s3cret", true)]
    [InlineData("X-Max-Bot-Api-Secret", "s3cret", true)]
    [InlineData("X-Max-Signature", "s3cret", false)]
    [InlineData("X-Other", "s3cret", false)]
    public void The_guides_api_may_use_either_header(string header, string value, bool genuine) => Is(TestChannels.Compat(new StubHandler()), header, value).ShouldBe(genuine);

    [Fact]
    public void The_guides_api_may_sign_the_body()
    {
        var signature = Convert.ToHexString(HMACSHA256.HashData(Encoding.UTF8.GetBytes("s3cret"), Body));
        Is(TestChannels.Compat(new StubHandler()), "X-Max-Signature", signature).ShouldBeTrue();
        Is(TestChannels.Compat(new StubHandler()), "X-Max-Signature", signature.ToLowerInvariant()).ShouldBeTrue();
        Is(TestChannels.Compat(new StubHandler()), "X-Max-Signature", new string('0', 64)).ShouldBeFalse();
        Is(TestChannels.Compat(new StubHandler()), "X-Max-Signature", new string('я', 64)).ShouldBeFalse();
    }

    [Fact]
    public void Without_a_secret_anybody_may_deliver() => Is(TestChannels.Compat(new StubHandler(), secret: ""), "X-Other", "").ShouldBeTrue();

    private static bool Is(IDeliveredChannel channel, string header, string value)
    {
        using var owned = (IDisposable)channel;
        return channel.IsGenuine(new HeaderDictionary { [header] = value }, Body);
    }
}

using System.Text;
using FsCheck;
using FsCheck.Fluent;
using OptFm.Server.Channels;
using OptFm.Server.Channels.Max;
using OptFm.Server.Channels.Telegram;

namespace OptFm.Server.Tests.Channels;

public class UpdateRobustnessTests
{
    private static readonly Config Config = Config.QuickThrowOnFailure.WithMaxTest(2000);

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("5")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("<html>")]
    public void What_is_no_object_is_no_update(string json) => BothRead(Encoding.UTF8.GetBytes(json)).ShouldBe([null, null]);

    [Fact]
    public void Nesting_beyond_64_levels_is_no_update()
    {
        BothRead(Nested(65)).ShouldBe([null, null]);
        BothRead(Nested(64)).ShouldAllBe(u => u != null);
    }

    [Fact]
    public void Broken_utf8_is_no_update() => BothRead((byte[])[.. "{\"a\":\""u8, 0xff, .. "\"}"u8]).ShouldBe([null, null]);

    [Fact]
    public void Half_a_surrogate_pair_is_replaced()
    {
        var json = """{"message":{"message_id":1,"from":{"id":1,"first_name":"\udc00"},"chat":{"id":1},"text":"a\ud83d \ud83d\ude00 \\ud83d"},"\ud800":1}""";
        var message = TelegramUpdate.Read(Encoding.UTF8.GetBytes(json))!.Message.ShouldNotBeNull();
        (message.Text, message.FirstName).ShouldBe(("a\ufffd 😀 \\ud83d", "\ufffd"));
    }

    [Fact]
    public void Any_value_may_stand_anywhere() => Prop.ForAll(Samples(), Values(), Gen.Choose(0, 100_000).ToArbitrary(), (json, value, where) =>
    {
        var text = Encoding.UTF8.GetString(json);
        var colons = Enumerable.Range(0, text.Length).Where(i => text[i] == ':' && text[i - 1] == '"').ToList();
        var from = colons[where % colons.Count] + 1;
        var to = text.IndexOfAny([',', '}'], from);
        return BothRead(Encoding.UTF8.GetBytes(text[..from] + value + text[to..])).All(IsSound);
    }).Check(Config);

    [Fact]
    public void Any_spoilt_byte_may_stand_anywhere() => Prop.ForAll(Samples(), Gen.Choose(0, 255).ToArbitrary(), Gen.Choose(0, 100_000).ToArbitrary(), (json, value, where) =>
    {
        var spoilt = json.ToArray();
        spoilt[where % spoilt.Length] = (byte)value;
        return BothRead(spoilt).All(IsSound) && BothRead(json.AsMemory(0, where % (json.Length - 2))).All(u => u is null);
    }).Check(Config);

    [Fact]
    public void A_huge_identity_makes_a_short_key()
    {
        var json = """{"update_type":"message_created","message":{"body":{"mid":"MID","text":"a"},"sender":{"user_id":1}}}""".Replace("MID", new string('m', 900_000));
        MaxUpdate.Read(Encoding.UTF8.GetBytes(json))!.Key.Length.ShouldBeLessThan(200);
    }

    private static bool IsSound(Update? update) =>
        update is null || (update.Key.Length is > 0 and < 300 && update.Message is null != update.Skipped is null && update.Chat == (update.Message?.Chat ?? update.Chat));

    private static List<Update?> BothRead(ReadOnlyMemory<byte> json) => [MaxUpdate.Read(json), TelegramUpdate.Read(json)];

    private static byte[] Nested(int levels) =>
        Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", levels - 1)) + "{}" + new string('}', levels - 1));

    private static Arbitrary<byte[]> Samples() => Gen.Elements(Sample.All()).ToArbitrary();

    private static Arbitrary<string> Values() => Gen.Elements(
        "null", "true", "[]", "{}", "\"\"", "\"x\"", "-1", "1e400", "123456789012345678901234567890", "0.5", "[[1]]", "{\"id\":{}}", "\"\\ud800\"").ToArbitrary();
}

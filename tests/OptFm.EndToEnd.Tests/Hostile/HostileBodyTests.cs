using System.Net;
using System.Text;
using OptFm.EndToEnd.Tests.Faults;
using OptFm.EndToEnd.Tests.Repository;

namespace OptFm.EndToEnd.Tests.Hostile;

/// <summary>
/// Proves: whatever body a stranger sends to any endpoint that takes one, the answer is 200 or 4xx, never 5xx; what is too large, of another
/// type or without its secret is refused by name and stored nowhere; and the server goes on answering, in bounded memory.
/// </summary>
public sealed class HostileBodyTests(HostileTarget target, ITestOutputHelper output) : IClassFixture<HostileTarget>
{
    private const int MutationsPerEndpoint = 300;
    private const int MostBytes = 1 << 20;

    public static TheoryData<PostEndpoint> Posts => [.. HostileTarget.Posts];

    /// <summary>All that refuse strangers.</summary>
    public static TheoryData<PostEndpoint> Guarded => [.. HostileTarget.Posts.Where(endpoint => endpoint.Headers.Length > 0)];

    [Theory]
    [MemberData(nameof(Posts))]
    public async Task The_corpus_is_taken_or_refused(PostEndpoint endpoint)
    {
        var files = Directory.GetFiles(Checkout.PathOf("tests/OptFm.EndToEnd.Tests/Hostile/corpus"));
        files.Length.ShouldBeGreaterThan(20);
        foreach (var file in files)
        {
            using var answer = await target.PostAsync(endpoint, await File.ReadAllBytesAsync(file));
            IsFair(answer.StatusCode).ShouldBeTrue($"{Path.GetFileName(file)}: {answer.StatusCode}");
        }

        await target.AnswersAsync();
    }

    [Theory]
    [MemberData(nameof(Posts))]
    public async Task Spoilt_bodies_are_taken_or_refused(PostEndpoint endpoint)
    {
        var mutations = new Mutations(new Random(Seeds.Next(output)));
        var statuses = new SortedDictionary<int, int>();
        for (var i = 0; i < MutationsPerEndpoint; i++)
        {
            var body = mutations.Spoil(endpoint.Sample);
            using var answer = await target.PostAsync(endpoint, body, chunked: i % 5 == 0);
            statuses[(int)answer.StatusCode] = statuses.GetValueOrDefault((int)answer.StatusCode) + 1;
            IsFair(answer.StatusCode).ShouldBeTrue($"{answer.StatusCode} for {Convert.ToBase64String(body)}");
        }

        output.WriteLine(string.Join(", ", statuses.Select(pair => $"{pair.Value} × {pair.Key}")));
        await target.AnswersAsync();
    }

    [Theory]
    [MemberData(nameof(Posts))]
    public async Task A_body_beyond_a_mebibyte_is_too_large(PostEndpoint endpoint)
    {
        foreach (var chunked in (bool[])[false, true])
        {
            foreach (var bytes in (int[])[MostBytes + 1, MostBytes + 2, 5 * MostBytes])
            {
                using var answer = await PostOrBreakAsync(endpoint, Padded(endpoint.Sample, bytes), chunked);
                (answer?.StatusCode ?? HttpStatusCode.RequestEntityTooLarge).ShouldBe(HttpStatusCode.RequestEntityTooLarge, $"{bytes} bytes, chunked: {chunked}");
            }
        }

        await target.AnswersAsync();
    }

    [Theory]
    [InlineData("/webhook/max/")]
    [InlineData("/webhook/telegram/")]
    public async Task An_update_of_exactly_a_mebibyte_is_taken(string path)
    {
        var endpoint = HostileTarget.Posts.First(post => post.Path == path);
        using var answer = await target.PostAsync(endpoint, Padded(endpoint.Sample, MostBytes));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [MemberData(nameof(Posts))]
    public async Task Nesting_without_end_is_no_object(PostEndpoint endpoint)
    {
        foreach (var open in (string[])["[", "{\"a\":", "{\"message\":"])
        {
            using var answer = await target.PostAsync(endpoint, Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(open, 10_000))));
            ((int)answer.StatusCode).ShouldBeInRange(400, 413);
        }
    }

    [Theory]
    [MemberData(nameof(Posts))]
    public async Task Another_content_type_is_refused(PostEndpoint endpoint)
    {
        foreach (var type in (string[])["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/xml", "application/jsonp"])
        {
            using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(endpoint.Sample));
            content.Headers.TryAddWithoutValidation("Content-Type", type);
            using var answer = await target.SendAsync(endpoint, content);
            answer.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType, type);
        }
    }

    [Theory]
    [MemberData(nameof(Guarded))]
    public async Task Without_the_right_secret_nothing_is_done_and_nothing_stored(PostEndpoint endpoint)
    {
        var chat = $"intruder-{Guid.NewGuid():N}";
        var body = Encoding.UTF8.GetBytes(Samples.Compat.Replace("test_user_1", chat, StringComparison.Ordinal));
        (string, string)[][] proofs =
        [
            [],
            [("X-Max-Bot-Api-Secret", ""), ("X-Telegram-Bot-Api-Secret-Token", "")],
            [("X-Max-Bot-Api-Secret", "wrong"), ("X-Telegram-Bot-Api-Secret-Token", "wrong"), ("Authorization", "Bearer wrong")],
            [("X-Max-Bot-Api-Secret", HostileTarget.MaxSecret + "x"), ("X-Telegram-Bot-Api-Secret-Token", "x" + HostileTarget.TelegramSecret)],
            [("X-Max-Signature", new string('0', 64)), ("Authorization", "Basic " + HostileTarget.AdminToken)],
            [("X-Max-Signature", "not hex at all"), ("Authorization", "Bearer"), ("X-Admin-Token", "пароль")],
        ];
        foreach (var proof in proofs)
        {
            using var answer = await target.PostAsync(endpoint with { Headers = proof }, body);
            answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized, string.Join(", ", proof));
        }

        using var stored = Stored.Of(target.Server);
        stored.Count("inbox", $"chat LIKE '%{chat}%'").ShouldBe(0);
    }

    [Fact]
    public async Task Memory_stays_bounded_under_huge_bodies()
    {
        foreach (var endpoint in HostileTarget.Posts) using (await target.PostAsync(endpoint, Padded(endpoint.Sample, MostBytes))) { }

        var before = target.Server.ResidentBytes();
        var huge = Padded(Samples.Compat, 5 * MostBytes);
        var deep = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", MostBytes / 5)));
        for (var round = 0; round < 20; round++)
        {
            await Task.WhenAll(HostileTarget.Posts.Select(async endpoint =>
            {
                using var refused = await PostOrBreakAsync(endpoint, huge, chunked: true);
                using var read = await target.PostAsync(endpoint, deep);
            }));
        }

        var after = target.Server.ResidentBytes();
        output.WriteLine($"resident before {before >> 20} MiB, after {after >> 20} MiB");
        (after - before).ShouldBeLessThan(150 << 20);
        await target.AnswersAsync();
    }

    private static bool IsFair(HttpStatusCode status) => status == HttpStatusCode.OK || (int)status is >= 400 and < 500;

    /// <summary>The sample with as much white space in front as makes it the given length.</summary>
    private static byte[] Padded(string sample, int bytes)
    {
        var body = Encoding.UTF8.GetBytes(sample);
        return [.. Enumerable.Repeat((byte)' ', bytes - body.Length), .. body];
    }

    /// <returns>Null where the server cut the connection while we were still sending: its answer is lost then, which HTTP allows.</returns>
    private async Task<HttpResponseMessage?> PostOrBreakAsync(PostEndpoint endpoint, byte[] body, bool chunked)
    {
        try
        {
            return await target.PostAsync(endpoint, body, chunked);
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}

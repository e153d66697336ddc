using System.Text;
using Microsoft.AspNetCore.Http;
using OptFm.Server.Operations;

namespace OptFm.Server.Tests.Operations;

public sealed class BrokenBodyTests
{
    [Theory]
    [InlineData(StatusCodes.Status413PayloadTooLarge, "the body is too large")]
    [InlineData(StatusCodes.Status408RequestTimeout, "the body came too slowly")]
    [InlineData(StatusCodes.Status400BadRequest, "the body cannot be read")]
    public async Task What_the_server_finds_wrong_with_a_body_is_said_in_words_and_not_thrown(int status, string words)
    {
        var (answered, body, connection) = await GuardAsync(new BadHttpRequestException("found while reading", status));

        answered.ShouldBe(status);
        body.ShouldBe($$"""{"status":"error","message":"{{words}}"}""");
        connection.ShouldBe("close");
    }

    [Fact]
    public async Task A_body_that_breaks_off_is_a_bad_request()
    {
        (await GuardAsync(new IOException("reset"))).Status.ShouldBe(StatusCodes.Status400BadRequest);
    }

    private static async Task<(int Status, string Body, string Connection)> GuardAsync(Exception met)
    {
        using var written = new MemoryStream();
        var context = new DefaultHttpContext { Response = { Body = written } };
        await BrokenBody.GuardAsync(context, _ => throw met);
        return (context.Response.StatusCode, Encoding.UTF8.GetString(written.ToArray()), context.Response.Headers.Connection.ToString());
    }
}

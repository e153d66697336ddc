using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using OptFm.Server.Operations;
using OptFm.Server.Tests.Settings;

namespace OptFm.Server.Tests.Operations;

public sealed class LogsTests : IDisposable
{
    private const string Token = "123456:AAE-very+secret/token\"\\of_telegram";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("optfm-test-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Each_file_gets_what_it_is_for()
    {
        await Log(loggers =>
        {
            loggers.CreateLogger("OptFm.Server.Inbox").LogInformation("Stored {Count} of {Channel}", 3, "max");
            loggers.CreateLogger("OptFm.Server.Channels.Max.MaxApi").LogWarning("Slow");
            loggers.CreateLogger("OptFm.Server.Inbox").LogDebug("Not this");
            loggers.CreateLogger("Microsoft.AspNetCore.Hosting").LogInformation("Nor this");
            loggers.CreateLogger("System.Net.Http.HttpClient").LogInformation("Nor this");
            loggers.CreateLogger("Microsoft.Extensions.Hosting.Internal.Host").LogError("Nor this: whoever started says it in one line");
        });

        var all = Lines("all.log");
        all.Count.ShouldBe(2);
        all[0]["level"]!.GetValue<string>().ShouldBe("info");
        all[0]["message"]!.GetValue<string>().ShouldBe("Stored 3 of max");
        all[0]["data"]!.ToJsonString().ShouldBe("""{"Count":3,"Channel":"max"}""");
        Lines("max.log").ShouldHaveSingleItem()["message"]!.GetValue<string>().ShouldBe("Slow");
    }

    [Fact]
    public async Task A_secret_is_nowhere_whatever_way_it_comes()
    {
        await Log(loggers =>
        {
            var log = loggers.CreateLogger("OptFm.Server.Channels.Max.MaxApi");
            log.LogInformation("Calling {Address}", $"https://api.telegram.org/bot{Token}/getMe");
            log.LogError(new InvalidOperationException($"no {Token}", new IOException(Uri.EscapeDataString(Token))), "Failed with {Body}", System.Text.Json.JsonSerializer.Serialize(new { Token }));
        });

        var text = await File.ReadAllTextAsync(Path.Combine(_folder.FullName, "all.log"));
        text.ShouldNotContain("AAE-very");
        text.ShouldContain("https://api.telegram.org/bot***/getMe");
    }

    [Fact]
    public void A_console_line_is_one_line_with_the_journals_priority_and_no_secret()
    {
        var format = new ConsoleLogFormat(new LogSecrets([Token]), TimeProvider.System, journal: true);
        var output = new StringWriter();
        var entry = new LogEntry<string>(LogLevel.Warning, "OptFm.Server.Inbox.Inbox", 0, $"a\n<0>b\u2028\u202e{Token}", new IOException("x\ny"), (state, _) => state);

        format.Write(entry, null, output);

        output.ToString().ShouldBe("<4>Inbox: a\\n<0>b\\u2028\\u202e*** | System.IO.IOException: x | y\n");
    }

    [Theory]
    [InlineData("false", "false", "")]
    [InlineData("true", "false", "Customer in chat 7 wrote: Мой тел [phone],\\n[email]")]
    [InlineData("false", "true", "Bot in chat 7 answered: Ждём")]
    public async Task Texts_are_logged_only_when_asked_for_and_masked_then(string messages, string responses, string logged)
    {
        await Log(
            loggers =>
            {
                var log = new MessageLog(Options(("MAX_LOG_MESSAGES", messages), ("MAX_LOG_RESPONSES", responses)), loggers);
                log.Received("max-compat", "7", "Мой тел 8 (916) 123-45-67,\nivan@example.ru");
                log.Answered("max", "7", "Ждём");
            });

        string.Join('\n', Lines("max.log").Select(line => line["message"]!.GetValue<string>())).ShouldBe(logged);
    }

    [Fact]
    public async Task A_request_is_one_line_without_query_headers_or_body()
    {
        await Serve(async client =>
        {
            await client.GetAsync("/hello?token=hunter2");
            await client.PostAsync("/fail%0A<b>", new StringContent("hunter2"));
            await client.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/empty") { Headers = { { "X-Forwarded-For", "6.6.6.6, 203.0.113.9" } } });
        });

        var lines = Lines("api.log");
        lines.Select(line => $"{line["method"]} {line["path"]} {line["status"]} {line["bytes"]} {line["address"]}").ShouldBe(
            ["GET /hello 200 12 127.0.0.1", "POST /fail\\n<b> 500 0 127.0.0.1", "GET /empty 204 0 203.0.113.9"]);
        lines.ShouldAllBe(line => line["ms"]!.GetValue<double>() >= 0);
        File.ReadAllText(Path.Combine(_folder.FullName, "api.log")).ShouldNotContain("hunter2");
    }

    [Fact]
    public async Task A_hangup_reopens_the_files_and_does_not_end_the_process()
    {
        await using var logs = new Logs(Options(), [], TimeProvider.System);
        using var reopening = logs.ReopenOnHangup(() => Task.CompletedTask);
        using var loggers = LoggerFactory.Create(logs.Configure);
        var all = Path.Combine(_folder.FullName, "all.log");
        loggers.CreateLogger("A").LogWarning("before");
        await Wait.Until(() => Lines("all.log").Count == 1);

        File.Move(all, all + ".1");
        using (var kill = System.Diagnostics.Process.Start("kill", ["-HUP", Environment.ProcessId.ToString()])) await kill.WaitForExitAsync();
        await Wait.Until(() => File.Exists(all));
        loggers.CreateLogger("A").LogWarning("after");

        await Wait.Until(() => Lines("all.log").Count == 1);
        Lines("all.log.1").Count.ShouldBe(1);
    }

    [Fact]
    public async Task Health_is_served_with_its_status()
    {
        var writable = true;
        var health = new Health(
            new HealthReport { DatabaseWritable = _ => Task.FromResult(writable), Queue = _ => Task.FromResult(new QueueAges(null, null)), WorkersRunning = () => writable, FaqEntries = () => 1, Channels = () => [] },
            TimeProvider.System);
        await Serve(
            async client =>
            {
                var well = await client.GetAsync("/health");
                ((int)well.StatusCode).ShouldBe(200);
                JsonNode.Parse(await well.Content.ReadAsStringAsync())!["status"]!.GetValue<string>().ShouldBe("healthy");
                writable = false;
                ((int)(await client.GetAsync("/health")).StatusCode).ShouldBe(503);
                ((int)(await client.GetAsync("/health/live")).StatusCode).ShouldBe(200);
                ((int)(await client.PostAsync("/health", null)).StatusCode).ShouldBe(405);
            },
            app => app.MapHealth(health));
    }

    private async Task Serve(Func<HttpClient, Task> requests, Action<WebApplication>? map = null)
    {
        await using var logs = new Logs(Options(), [], TimeProvider.System);
        var builder = WebApplication.CreateSlimBuilder();
        logs.Configure(builder.Logging);
        builder.Logging.SetMinimumLevel(LogLevel.None);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var app = builder.Build();
        var api = logs.Api(Given.Environment().Settings.Http)!;
        app.Use(next => context => api.InvokeAsync(context, next));
        app.MapGet("/hello", () => Results.Text("Привет"));
        app.MapGet("/empty", () => Results.NoContent());
        app.MapPost("/fail{path}", IResult (string path) => throw new InvalidOperationException(path));
        map?.Invoke(app);
        await app.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        await requests(client);
        await app.StopAsync();
    }

    private async Task Log(Action<ILoggerFactory> write)
    {
        await using var logs = new Logs(Options(), [Token], TimeProvider.System);
        using var loggers = LoggerFactory.Create(logs.Configure);
        write(loggers);
    }

    private LogOptions Options(params (string, string)[] more) => Given.Environment(
    [
        ("LOG_FILE", Path.Combine(_folder.FullName, "all.log")), ("API_LOG_FILE", Path.Combine(_folder.FullName, "api.log")), ("MAX_LOG_FILE", Path.Combine(_folder.FullName, "max.log")), .. more,
    ]).Settings.Log;

    private List<JsonNode> Lines(string file)
    {
        var path = Path.Combine(_folder.FullName, file);
        return File.Exists(path) ? [.. File.ReadAllLines(path).Select(line => JsonNode.Parse(line)!)] : [];
    }
}

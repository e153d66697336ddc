using System.Text.Json;
using Microsoft.AspNetCore.Http;
using OptFm.Sandbox.Http;

namespace OptFm.Sandbox.Control;

/// <summary>The sandbox's own HTTP API, <c>/sandbox/…</c>: what a test does in process, for other processes and for curl. See docs/sandbox.md.</summary>
internal sealed class ControlApi(SandboxServer sandbox)
{
    private readonly ControlRecords records = new(sandbox.Log);

    internal async Task AnswerAsync(HttpContext http)
    {
        var answer = await TryAsync(http);
        http.Response.StatusCode = answer.Status;
        http.Response.ContentType = answer.ContentType;
        http.Response.ContentLength = answer.Body.Length;
        await http.Response.Body.WriteAsync(answer.Body, http.RequestAborted);
    }

    private static ApiAnswer Done() => new(200, """{"ok":true}"""u8.ToArray());

    private static ApiAnswer Error(int status, string message) => new(status, JsonText.Object(json => json.WriteString("error", message)));

    private async Task<ApiAnswer> TryAsync(HttpContext http)
    {
        try
        {
            return await DoAsync(http) ?? Error(404, "no such call: see docs/sandbox.md");
        }
        catch (Exception error) when (error is BadBodyException or ControlException)
        {
            return Error(400, error.Message);
        }
        catch (TimeoutException error)
        {
            return Error(408, error.Message);
        }
    }

    private async Task<ApiAnswer?> DoAsync(HttpContext http)
    {
        string[] path = http.Request.Path.Value!.Trim('/').Split('/');
        if (path is [""] or ["sandbox"]) return Show();
        if (path is not ["sandbox", ..]) return null;
        return path switch
        {
            [_, "reset"] when http.Request.Method == "POST" => Reset(),
            [_, var what] when http.Request.Method == "GET" => await records.ReadAsync(what, http.Request.Query, http.RequestAborted),
            [_, var name, var act] when ControlActs.Messenger(name) is { } messenger => await ActAsync(sandbox[messenger], act, http.Request),
            _ => null,
        };
    }

    private static async Task<ApiAnswer?> ActAsync(FakeMessenger messenger, string act, HttpRequest request)
    {
        if (act == "faults" && request.Method == "DELETE")
        {
            messenger.Faults.Clear();
            return Done();
        }
        if (request.Method != "POST") return null;
        if (act == "raw") return ControlActs.Show(await messenger.DeliverRawAsync(await RequestBody.ReadAsync(request)));

        using var document = await RequestBody.ReadJsonAsync(request);
        var body = RequestBody.RootOf(document);
        return await ActAsync(messenger, act, body);
    }

    private static async Task<ApiAnswer?> ActAsync(FakeMessenger messenger, string act, JsonElement body)
    {
        switch (act)
        {
            case "faults":
                ControlFaults.Add(messenger.Faults, body);
                return Done();
            case "webhook":
                messenger.SetWebhook(ControlActs.Url(body), body.Text("secret"));
                return Done();
            default:
                return await ControlActs.TryAsync(messenger, act, body) is { } delivery ? ControlActs.Show(delivery) : null;
        }
    }

    private ApiAnswer Reset()
    {
        sandbox.Reset();
        return Done();
    }

    private ApiAnswer Show() => new(200, JsonText.Object(json =>
    {
        foreach (var messenger in Enum.GetValues<Messenger>().Select(name => sandbox[name]))
        {
            json.WriteStartObject(ControlActs.NameOf(messenger.Messenger));
            json.WriteString("address", messenger.Address.AbsoluteUri);
            json.WriteString("token", messenger.Token);
            json.WriteNumber("pending_updates", messenger.PendingUpdates);
            json.WriteStartArray("webhooks");
            foreach (var url in messenger.Webhooks) json.WriteStringValue(url.AbsoluteUri);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteObject("counts", records.WriteCounts);
    }));
}

/// <summary>A call of the control API that makes no sense.</summary>
internal sealed class ControlException(string message) : Exception(message);

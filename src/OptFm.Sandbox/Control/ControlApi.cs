using Microsoft.AspNetCore.Http;

namespace OptFm.Sandbox.Control;

/// <summary>The HTTP API of the sandbox itself.</summary>
internal sealed class ControlApi(SandboxServer sandbox)
{
    internal Task AnswerAsync(HttpContext http)
    {
        _ = sandbox;
        http.Response.StatusCode = 404;
        return Task.CompletedTask;
    }
}

namespace OptFm.Server.Operations;

/// <summary><c>GET /health</c> for watchdogs and balancers, <c>GET /health/live</c> for "does the process answer at all".</summary>
public static class HealthEndpoints
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    public static void MapHealth(this IEndpointRouteBuilder routes, Health health)
    {
        routes.MapMethods("/health/live", Methods, context => AnswerAsync(context, StatusCodes.Status200OK, """{"status":"alive"}"""));
        routes.MapMethods("/health", Methods, async context =>
        {
            var state = await health.CheckAsync();
            await AnswerAsync(context, state.Healthy ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable, state.Body.ToJsonString());
        });
    }

    private static Task AnswerAsync(HttpContext context, int status, string json)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.Headers.CacheControl = "no-store";
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.WriteAsync(json, context.RequestAborted);
    }
}

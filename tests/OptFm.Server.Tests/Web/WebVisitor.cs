using System.Net;
using System.Net.Http.Json;
using System.Text;

namespace OptFm.Server.Tests.Web;

/// <summary>One browser: keeps its cookies, posts and listens.</summary>
internal sealed class WebVisitor : IDisposable
{
    public const string AddressHeader = "X-Test-Address";

    private readonly HttpClientHandler _handler = new() { CookieContainer = new CookieContainer(), AllowAutoRedirect = false };

    public WebVisitor(Uri server, string address)
    {
        Client = new HttpClient(_handler) { BaseAddress = server };
        Client.DefaultRequestHeaders.Add(AddressHeader, address);
    }

    public HttpClient Client { get; }

    public string? Cookie => _handler.CookieContainer.GetCookies(Client.BaseAddress!)["optfm_chat"]?.Value;

    public void TakeCookie(string value) => _handler.CookieContainer.Add(Client.BaseAddress!, new Cookie("optfm_chat", value));

    public Task<HttpResponseMessage> PostAsync(object message) => Client.PostAsJsonAsync("/chat/messages", message);

    public Task<HttpResponseMessage> PostTextAsync(string body, string type = "application/json") =>
        Client.PostAsync("/chat/messages", new StringContent(body, Encoding.UTF8, type));

    public Task<HttpResponseMessage> SayAsync(string text, string? id = null) => PostAsync(new { id = id ?? Guid.NewGuid().ToString("N"), text });

    /// <summary>Opens the stream of replies.</summary>
    public async Task<WebEventReader> ListenAsync(string query = "", string? lastEventId = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/chat/events" + query);
        if (lastEventId is not null) request.Headers.Add("Last-Event-ID", lastEventId);
        var response = await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return new WebEventReader(response);
    }

    public Task<HttpResponseMessage> TryListenAsync(string query = "") => Client.GetAsync("/chat/events" + query, HttpCompletionOption.ResponseHeadersRead);

    public void Dispose()
    {
        Client.Dispose();
        _handler.Dispose();
    }
}

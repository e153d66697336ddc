using System.Text.Json;
using OptFm.Sandbox.Customers;
using OptFm.Sandbox.Deliveries;
using OptFm.Sandbox.Http;

namespace OptFm.Sandbox.Control;

/// <summary>Acts as a customer for whoever asks over HTTP.</summary>
internal static class ControlActs
{
    internal static Messenger? Messenger(string name) =>
        Enum.TryParse<Messenger>(name, ignoreCase: true, out var messenger) && NameOf(messenger) == name ? messenger : null;

    internal static string NameOf(Messenger messenger) => messenger.ToString().ToLowerInvariant();

    /// <returns>Null for an act no customer knows.</returns>
    internal static async Task<Delivery?> TryAsync(FakeMessenger messenger, string act, JsonElement body) => act switch
    {
        "says" => await messenger.CustomerSaysAsync(Chat(body), Needed(body, "text"), Who(body)),
        "presses" => await messenger.CustomerPressesAsync(Chat(body), Needed(body, "payload"), body.Text("message_id"), Who(body)),
        "starts" => await messenger.CustomerStartsAsync(Chat(body), body.Text("payload"), Who(body)),
        "edits" => await messenger.CustomerEditsAsync(Chat(body), Needed(body, "message_id"), Needed(body, "text"), Who(body)),
        "blocks" => await messenger.CustomerBlocksBotAsync(Chat(body), Who(body)),
        _ => null,
    };

    internal static ApiAnswer Show(Delivery delivery) => new(200, JsonText.Object(json =>
    {
        json.WriteString("outcome", delivery.Outcome.ToString());
        if (delivery.Status is { } status) json.WriteNumber("status", status);
        json.WriteIfAny("id", delivery.Id);
    }));

    internal static Uri Url(JsonElement body) =>
        Uri.TryCreate(Needed(body, "url"), UriKind.Absolute, out var url) ? url : throw new ControlException("url: not an address");

    private static string Chat(JsonElement body) => body.Text("chat") ?? "1";

    private static string Needed(JsonElement body, string name) => body.Text(name) ?? throw new ControlException($"{name}: missing");

    private static Customer Who(JsonElement body) => new()
    {
        FirstName = body.Text("first_name") ?? Customer.Anna.FirstName,
        LastName = body.Text("last_name"),
        Username = body.Text("username"),
        Language = body.Text("language") ?? Customer.Anna.Language,
        UserId = body.Text("user_id"),
    };
}

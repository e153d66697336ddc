using OptFm.Server.Outbox;
using OptFm.Server.Storage;

namespace OptFm.Server.Channels.Web;

/// <summary>A reply on the page and what it answers.</summary>
/// <param name="Id">The outbox id: replies of a chat settle in this order, so whatever has a greater one is newer.</param>
/// <param name="To">What the customer did; null once the inbox has forgotten it.</param>
/// <param name="CreatedAt">Unix ms.</param>
internal sealed record WebReply(long Id, OutboundMessage Message, WebPost? To, long CreatedAt);

/// <summary>What a chat's page shows, read from where the message path left it.</summary>
internal sealed class WebHistory(Database database)
{
    public const int MostAtOnce = 100;

    public List<WebReply> After(string chat, long id) => database.Read(session => session.All(
        """
        SELECT o.id, o.message, i.body, o.created_at FROM outbox o LEFT JOIN inbox i ON i.id = o.inbox_id
        WHERE o.channel = 'web' AND o.chat = @chat AND o.state = 2 AND o.id > @id ORDER BY o.id LIMIT @most
        """,
        r => new WebReply(
            r.GetInt64(0),
            OutboxJson.Read(r.GetString(1), chat),
            r.IsDBNull(2) ? null : WebPost.ReadStored(r.GetFieldValue<byte[]>(2))?.Post,
            r.GetInt64(3)),
        ("@chat", chat), ("@id", id), ("@most", MostAtOnce)));
}

using OptFm.Server.Storage;

namespace OptFm.Server.Content;

/// <summary>What came of importing a file.</summary>
/// <param name="Version">The version that is this file.</param>
/// <param name="Head">The version in force now; the same, unless a newer one stays.</param>
/// <param name="IsNew">Whether this import made it.</param>
internal sealed record ContentImported(long Version, long Head, bool IsNew);

/// <summary>Makes a file the next version of a name: first its bytes, in small transactions beside the customers' messages, then the version.</summary>
internal sealed class ContentImport(Database database, TimeProvider clock)
{
    private const int MostAttempts = 5;

    /// <summary>
    /// A file that was imported already stays the version that it is: nodes see the same change one after another, and one that starts
    /// with an older file must not undo a newer.
    /// </summary>
    /// <param name="since">Versions up to this one do not count as importing it: the node saw its file change after them.</param>
    /// <exception cref="StoreException">The database does not take it.</exception>
    public async Task<ContentImported> RunAsync(string name, ContentFile file, long since)
    {
        for (var attempt = 1; attempt <= MostAttempts; attempt++)
        {
            if (await Task.Run(() => Find(name, file, since)) is { } known) return known;
            await StoreAsync(file);
            if (await database.WriteAsync(session => Publish(session, name, file, since)) is { } made) return made;
        }

        throw new StoreException("what was stored of the file was removed again and again");
    }

    private static ContentImported? Known(Session session, string name, ContentFile file, long since, long head)
    {
        var last = ContentStore.LastOf(session, name, file);
        return last > since || (last == head && last > 0) ? new(last, head, IsNew: false) : null;
    }

    private ContentImported? Find(string name, ContentFile file, long since) =>
        database.Read(session => Known(session, name, file, since, ContentStore.Head(session, name)?.Version ?? 0));

    private async Task StoreAsync(ContentFile file)
    {
        var parts = ContentParts.Count(file.Bytes.Length);
        for (var part = 0; part < parts; part++)
        {
            var (number, packed) = (part, ContentParts.Pack(file.Bytes, part));
            await database.WriteAsync(session =>
            {
                ContentStore.AddPart(session, file.Sha256, number, packed, Now());
                return true;
            });
        }
    }

    /// <returns>Null when a part is missing: whoever published meanwhile took it for abandoned.</returns>
    private ContentImported? Publish(Session session, string name, ContentFile file, long since)
    {
        var head = ContentStore.LockHead(session, name);
        if (Known(session, name, file, since, head) is { } known) return known;
        if (ContentStore.PartsOf(session, file.Sha256) != ContentParts.Count(file.Bytes.Length)) return null;

        ContentStore.Publish(session, new(name, head + 1, file.Sha256, file.Bytes.Length, file.Mapping, Path.GetFileName(file.Path), $"{Environment.MachineName}:{file.Path}", Now()));
        return new(head + 1, head + 1, IsNew: true);
    }

    private long Now() => clock.GetUtcNow().ToUnixTimeMilliseconds();
}

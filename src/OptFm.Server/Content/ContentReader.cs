using OptFm.Server.Storage;

namespace OptFm.Server.Content;

/// <summary>Brings a version's bytes out of the database.</summary>
internal static class ContentReader
{
    /// <returns>Null where they are not whole: removed, after many versions, or damaged.</returns>
    /// <exception cref="StoreException">The database does not answer.</exception>
    public static byte[]? Read(Database database, ContentVersion version) => database.Read(session => Read(session, version));

    /// <inheritdoc cref="Read(Database, ContentVersion)"/>
    public static byte[]? Read(Session session, ContentVersion version)
    {
        var bytes = new byte[version.Size];
        for (var part = 0; part < ContentParts.Count(version.Size); part++)
        {
            var start = part * ContentParts.Slice;
            var slice = bytes.AsSpan(start, Math.Min(ContentParts.Slice, bytes.Length - start));
            if (ContentStore.Part(session, version.Sha256, part) is not { } packed || !ContentParts.Unpack(packed, slice)) return null;
        }

        return ContentFile.Hash(bytes) == version.Sha256 ? bytes : null;
    }
}

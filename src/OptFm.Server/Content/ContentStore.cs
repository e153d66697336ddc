using System.Data.Common;
using OptFm.Server.Storage;

namespace OptFm.Server.Content;

/// <summary>The tables of what nodes share.</summary>
internal static class ContentStore
{
    /// <summary>Bytes of so many versions are kept, to look at and to go back to.</summary>
    public const int KeptBodies = 3;

    /// <summary>So many versions are remembered by their hashes, so that an older file is known for one.</summary>
    private const int KeptVersions = 1000;

    /// <summary>What an import has stored and nobody published is left alone for so long.</summary>
    private static readonly TimeSpan Abandoned = TimeSpan.FromHours(1);

    private const string Columns = "SELECT c.name, c.version, c.sha256, c.size, c.mapping, c.file, c.source, c.imported_at FROM content c";

    /// <summary>The versions in force; 0 for what was never imported.</summary>
    public static Dictionary<string, long> Heads(Session session) =>
        session.All("SELECT name, version FROM content_head", r => (r.GetString(0), r.GetInt64(1))).ToDictionary(StringComparer.Ordinal);

    /// <returns>Null when there is none.</returns>
    public static ContentVersion? Head(Session session, string name) =>
        session.First($"{Columns} JOIN content_head h ON h.name = c.name AND h.version = c.version WHERE c.name = @name", Read, ("@name", name));

    public static ContentVersion? Find(Session session, string name, long version) =>
        session.First($"{Columns} WHERE c.name = @name AND c.version = @version", Read, ("@name", name), ("@version", version));

    /// <summary>The newest first.</summary>
    public static List<ContentVersion> Versions(Session session, string name, int most) =>
        session.All($"{Columns} WHERE c.name = @name ORDER BY c.version DESC LIMIT @most", Read, ("@name", name), ("@most", most));

    /// <returns>The last version made of this file; 0 when it never was one.</returns>
    public static long LastOf(Session session, string name, ContentFile file) => session.First(
        "SELECT COALESCE(MAX(version), 0) FROM content WHERE name = @name AND sha256 = @hash AND mapping IS NOT DISTINCT FROM @mapping",
        r => r.GetInt64(0), ("@name", name), ("@hash", file.Sha256), ("@mapping", file.Mapping));

    /// <summary>How many parts of these bytes are there.</summary>
    public static int PartsOf(Session session, string sha256) =>
        (int)session.First("SELECT count(*) FROM content_part WHERE sha256 = @hash", r => r.GetInt64(0), ("@hash", sha256));

    public static byte[]? Part(Session session, string sha256, int part) => session.First(
        "SELECT bytes FROM content_part WHERE sha256 = @hash AND part = @part", r => r.GetFieldValue<byte[]>(0), ("@hash", sha256), ("@part", part));

    public static void AddPart(Session session, string sha256, int part, byte[] packed, long now) => session.Write(
        "INSERT INTO content_part (sha256, part, bytes, stored_at) VALUES (@hash, @part, @bytes, @now) ON CONFLICT (sha256, part) DO UPDATE SET stored_at = @now",
        ("@hash", sha256), ("@part", part), ("@bytes", packed), ("@now", now));

    /// <summary>Until the transaction ends nobody else imports anything.</summary>
    public static long LockHead(Session session, string name) =>
        session.All("SELECT name, version FROM content_head ORDER BY name FOR UPDATE", r => (Name: r.GetString(0), Version: r.GetInt64(1))).Find(head => head.Name == name).Version;

    public static void Publish(Session session, ContentVersion version)
    {
        session.Write(
            "INSERT INTO content (name, version, sha256, size, mapping, file, source, imported_at) VALUES (@name, @version, @hash, @size, @mapping, @file, @source, @now)",
            ("@name", version.Name), ("@version", version.Version), ("@hash", version.Sha256), ("@size", version.Size), ("@mapping", version.Mapping), ("@file", version.File), ("@source", version.Source), ("@now", version.ImportedAt));
        session.Write("UPDATE content_head SET version = @version WHERE name = @name", ("@name", version.Name), ("@version", version.Version));
        Trim(session, version.ImportedAt);
        session.Announce(SharedContent.Topic, version.Name);
    }

    private static void Trim(Session session, long now)
    {
        session.Write("DELETE FROM content USING content_head h WHERE h.name = content.name AND content.version <= h.version - @kept", ("@kept", KeptVersions));
        session.Write(
            """
            DELETE FROM content_part WHERE stored_at < @before AND NOT EXISTS (
                SELECT 1 FROM content c JOIN content_head h ON h.name = c.name
                WHERE c.version > h.version - @kept AND c.sha256 = content_part.sha256)
            """,
            ("@before", now - (long)Abandoned.TotalMilliseconds), ("@kept", KeptBodies));
    }

    private static ContentVersion Read(DbDataReader r) => new(
        r.GetString(0), r.GetInt64(1), r.GetString(2), r.GetInt64(3), r.IsDBNull(4) ? null : r.GetFieldValue<byte[]>(4), r.GetString(5), r.GetString(6), r.GetInt64(7));
}

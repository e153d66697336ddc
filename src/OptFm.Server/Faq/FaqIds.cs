using OptFm.Search.Faq;

namespace OptFm.Server.Faq;

/// <summary>Sees that ids are told apart and that related entries exist.</summary>
internal sealed class FaqIds(string file, List<FileProblem> problems)
{
    private readonly Dictionary<string, int> _positions = new(StringComparer.OrdinalIgnoreCase);

    public void Add(int position, FaqEntry entry)
    {
        if (entry.Id.Length == 0 || _positions.TryAdd(entry.Id, position)) return;

        var first = _positions[entry.Id];
        problems.Add(new(file, $"repeats the id of entry {first}", $"повторяет id записи {first}") { Entry = position, Id = entry.Id, Field = "id" });
    }

    public void CheckRelated(IReadOnlyList<FaqEntry> entries)
    {
        for (var i = 0; i < entries.Count; i++)
        {
            foreach (var related in entries[i].Related) CheckRelated(i + 1, entries[i].Id, related);
        }
    }

    private void CheckRelated(int position, string id, string related)
    {
        if (_positions.ContainsKey(related)) return;

        problems.Add(new(file, $"names the unknown id {related}", $"называет неизвестный id {related}")
        {
            Entry = position,
            Id = id,
            Field = "related",
        });
    }
}

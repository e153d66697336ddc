namespace OptFm.Bench.Scale;

/// <summary>One load on tables that know few chats, and on such that know many.</summary>
internal sealed class SizesStage(Workbench bench, FilledInstallations filled)
{
    public async Task<IReadOnlyList<SizeReport>> RunAsync(CancellationToken stop)
    {
        var kinds = FilledInstallations.Stores.SelectMany(store => bench.Options.Sizes.Select(chats => (Store: store, Chats: chats))).ToList();
        foreach (var (store, chats) in kinds) await (await filled.OfAsync(store, chats, stop)).Store.TidyAsync(stop);

        var measured = kinds.ConvertAll(_ => new List<Measurement>());
        for (var round = 0; round < bench.Options.Rounds; round++)
        {
            var order = Enumerable.Range(0, kinds.Count);
            foreach (var i in round % 2 == 0 ? order : order.Reverse()) measured[i].Add(await MeasureAsync(kinds[i].Store, kinds[i].Chats, round, stop));
        }

        return [.. kinds.Select((kind, i) => SizeReport.Of(kind.Store, kind.Chats, measured[i], measured[kinds.FindIndex(first => first.Store == kind.Store)]))];
    }

    private async Task<Measurement> MeasureAsync(string store, int chats, int round, CancellationToken stop)
    {
        var ledger = filled.LedgerOf(chats, turnsBefore: round + 1);
        var one = await Measurement.OfAsync(bench, await filled.OfAsync(store, chats, stop), ledger, bench.Options.Updates, stop);
        await bench.Progress.WriteLineAsync($"{store}, {chats} chats: {one.RepliesPerSecond:0} replies/s, {one.CpuMs:0.00} ms of CPU each");
        return one;
    }
}

using System.CommandLine;
using OptFm.Bench.Chaos;
using OptFm.Bench.Pipeline;
using OptFm.Bench.Search;

var root = new RootCommand("Measures and tries OptFM; prints one JSON object") { PipelineCommand.Create(), SearchCommand.Create(), MicroCommand.Create(), ChaosCommand.Create() };
return await root.Parse(args).InvokeAsync();

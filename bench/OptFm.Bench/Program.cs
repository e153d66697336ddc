using System.CommandLine;
using OptFm.Bench.Chaos;
using OptFm.Bench.Pipeline;
using OptFm.Bench.Scale;
using OptFm.Bench.Search;
using OptFm.Bench.Soak;

var root = new RootCommand("Measures and tries OptFM; prints one JSON object") { PipelineCommand.Create(), ScaleCommand.Create(), SearchCommand.Create(), MicroCommand.Create(), ChaosCommand.Create(), SoakCommand.Create() };
return await root.Parse(args).InvokeAsync();

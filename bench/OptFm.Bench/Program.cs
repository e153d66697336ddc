using System.CommandLine;
using OptFm.Bench.Pipeline;
using OptFm.Bench.Scale;
using OptFm.Bench.Search;

var root = new RootCommand("Measures OptFM; prints one JSON object") { PipelineCommand.Create(), ScaleCommand.Create(), SearchCommand.Create(), MicroCommand.Create() };
return await root.Parse(args).InvokeAsync();

using System.CommandLine;
using OptFm.Bench.Pipeline;
using OptFm.Bench.Search;

var root = new RootCommand("Measures OptFM; prints one JSON object") { PipelineCommand.Create(), SearchCommand.Create(), MicroCommand.Create() };
return await root.Parse(args).InvokeAsync();

using System.CommandLine;
using OptFm.Bench.Pipeline;

var root = new RootCommand("Measures OptFM; prints one JSON object") { PipelineCommand.Create() };
return await root.Parse(args).InvokeAsync();

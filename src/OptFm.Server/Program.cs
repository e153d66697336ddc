return await OptFm.Server.Cli.Commands.RunAsync(args);

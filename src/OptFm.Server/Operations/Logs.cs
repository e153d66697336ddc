using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging.Console;

namespace OptFm.Server.Operations;

/// <summary>All the places that logs go to.</summary>
public sealed class Logs : IAsyncDisposable
{
    /// <summary>Beginning of the categories that MAX_LOG_FILE and MAX_LOG_LEVEL are about.</summary>
    public const string MaxCategory = "OptFm.Server.Channels.Max";

    private readonly LogOptions _options;
    private readonly LogSecrets _secrets;
    private readonly TimeProvider _time;
    private readonly JsonLogFormat _format;
    private readonly LogFile? _all;
    private readonly LogFile? _api;
    private readonly LogFile? _max;

    /// <param name="secrets">What must never be logged: see <see cref="Settings.LoadedSettings.Secrets"/>.</param>
    public Logs(LogOptions options, IEnumerable<string> secrets, TimeProvider time)
    {
        _options = options;
        _secrets = new LogSecrets(secrets);
        _time = time;
        _format = new JsonLogFormat(_secrets, time);
        _all = Open(options.Path);
        _api = Open(options.ApiPath);
        _max = Open(options.MaxPath);
    }

    /// <summary>Logs HTTP requests, or null when API_LOG_FILE names no file.</summary>
    public ApiLog? Api(HttpOptions http) => _api is null ? null : new ApiLog(_api, _format, http, _time);

    /// <summary>Takes the place of every logging provider that the host has by default.</summary>
    public void Configure(ILoggingBuilder logging)
    {
        logging.ClearProviders();
        logging.SetMinimumLevel(_options.MinimumLevel);
        logging.AddFilter(MaxCategory, _options.MaxMinimumLevel);
        // The framework's chatter; System.Net.Http would log addresses, and Telegram's hold the token.
        logging.AddFilter("Microsoft", AtLeast(LogLevel.Warning));
        logging.AddFilter("System.Net.Http", AtLeast(LogLevel.Error));
        // A start that failed is told in one clear line by whoever started; the host would put a page of stack trace before it.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        AddConsole(logging);
        if (_all is not null) logging.AddProvider(new FileLoggerProvider(_all, _format, ""));
        if (_max is not null) logging.AddProvider(new FileLoggerProvider(_max, _format, MaxCategory));
    }

    /// <summary>Opens all files anew: logrotate has renamed them.</summary>
    public void Reopen()
    {
        _all?.Reopen();
        _api?.Reopen();
        _max?.Reopen();
    }

    /// <summary>Reopens on SIGHUP, which would otherwise end the process, until disposed.</summary>
    /// <param name="reload">What else SIGHUP asks for; must not throw.</param>
    public IDisposable ReopenOnHangup(Func<Task> reload) => PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal =>
    {
        signal.Cancel = true;
        Reopen();
        _ = reload();
    });

    public async ValueTask DisposeAsync()
    {
        foreach (var file in (LogFile?[])[_all, _api, _max])
        {
            if (file is not null) await file.DisposeAsync();
        }
    }

    private LogLevel AtLeast(LogLevel level) => _options.MinimumLevel > level ? _options.MinimumLevel : level;

    private LogFile? Open(string path) => path.Length == 0 ? null : new LogFile(path, Console.Error, _time);

    private void AddConsole(ILoggingBuilder logging)
    {
        logging.Services.AddSingleton<ConsoleFormatter>(new ConsoleLogFormat(_secrets, _time, ConsoleLogFormat.JournalListens));
        logging.AddConsole(console =>
        {
            console.FormatterName = ConsoleLogFormat.FormatName;
            // A console that nobody reads must not stop the server.
            console.QueueFullMode = ConsoleLoggerQueueFullMode.DropWrite;
        });
    }
}

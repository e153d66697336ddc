using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace OptFm.Server.Setup;

/// <summary>
/// Standard input as the kernel gives it: a terminal edits its line itself, whatever TERM says. .NET's console would switch the terminal to
/// another mode and echo by itself, secrets too.
/// </summary>
internal sealed class StandardInput(TextWriter output) : ITypedLines, IDisposable
{
    private readonly StreamReader _reader = new(new FileStream(new SafeFileHandle(0, ownsHandle: false), FileAccess.Read, bufferSize: 0), new UTF8Encoding(false));

    /// <remarks>The reading itself cannot be called off; a Ctrl+C stops waiting for it, and the process ends.</remarks>
    public async Task<string?> ReadAsync(string prompt, bool secret, CancellationToken stop)
    {
        using var hidden = secret ? TerminalEcho.Off() : null;
        await output.WriteAsync(prompt);
        await output.FlushAsync(stop);
        var line = await Task.Run(_reader.ReadLine, CancellationToken.None).WaitAsync(stop);
        // The line feed was not shown either.
        if (secret) await output.WriteLineAsync();
        return line;
    }

    public void Dispose() => _reader.Dispose();
}

/// <summary>Keeps a terminal from showing what is typed, until disposed.</summary>
internal sealed class TerminalEcho : IDisposable
{
    /// <summary>More than any struct termios of Linux.</summary>
    private const int StateSize = 256;

    /// <summary>Where c_lflag is in struct termios, after three flags of four bytes: the same in glibc and musl, on amd64 and arm64.</summary>
    private const int LocalFlags = 12;
    private const uint Echo = 8;
    private const int AfterOutput = 1;

    private readonly byte[] _before;

    private TerminalEcho(byte[] before) => _before = before;

    /// <returns>Null where standard input is no terminal.</returns>
    public static TerminalEcho? Off()
    {
        var before = new byte[StateSize];
        if (Get(0, before) != 0) return null;

        var silent = (byte[])before.Clone();
        var flags = BitConverter.ToUInt32(silent, LocalFlags) & ~Echo;
        BitConverter.TryWriteBytes(silent.AsSpan(LocalFlags), flags);
        _ = Set(0, AfterOutput, silent);
        return new TerminalEcho(before);
    }

    public void Dispose() => _ = Set(0, AfterOutput, _before);

    [DllImport("libc", EntryPoint = "tcgetattr")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Get(int file, [In, Out] byte[] state);

    [DllImport("libc", EntryPoint = "tcsetattr")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Set(int file, int when, [In] byte[] state);
}

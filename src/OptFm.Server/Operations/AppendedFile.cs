namespace OptFm.Server.Operations;

/// <summary>A file that only grows; opened when first written. Not thread-safe: one writer.</summary>
internal sealed class AppendedFile(string path)
{
    private const UnixFileMode OwnerWritesGroupReads = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;

    private FileStream? _stream;

    /// <summary>Writes all of the bytes or, as far as the file system allows, none.</summary>
    /// <exception cref="IOException">The disk is full, the folder is gone, and so on.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not write it.</exception>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        _stream ??= Open();
        if (!_stream.CanSeek)
        {
            _stream.Write(bytes);
            return;
        }

        // At the end as it is now, not where we left off: logrotate's copytruncate cuts the file under us.
        var end = RandomAccess.GetLength(_stream.SafeFileHandle);
        try
        {
            RandomAccess.Write(_stream.SafeFileHandle, bytes, end);
        }
        catch (IOException)
        {
            // Half a line would spoil the next one too.
            RandomAccess.SetLength(_stream.SafeFileHandle, end);
            throw;
        }
    }

    public void Close()
    {
        _stream?.Dispose();
        _stream = null;
    }

    private FileStream Open()
    {
        if (Path.GetDirectoryName(path) is { Length: > 0 } folder) Directory.CreateDirectory(folder);
        var options = new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.Write,
            Share = FileShare.ReadWrite | FileShare.Delete,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerWritesGroupReads;
        return new FileStream(path, options);
    }
}

namespace Fused;

/// <summary>
/// Writes a file under another name beside its target, flushes it to the disk and renames it: whatever happens, the target is the old file or
/// the whole new one.
/// </summary>
internal static class AtomicFile
{
    private const string Extension = ".tmp";

    /// <summary>
    /// What has not been written to for so long has been abandoned, if nobody has it open either. The time alone is enough where a file
    /// system knows no locks, and spares a file that its writer has created and not yet locked.
    /// </summary>
    private static readonly TimeSpan Abandoned = TimeSpan.FromMinutes(10);

    /// <summary>Writes a file.</summary>
    /// <param name="path">The target.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="IOException">The file cannot be written; what was there is untouched.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written, or the target is one; likewise.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        string target = Path.GetFullPath(path);
        // In the target's folder, as a file system renames without a gap only within itself. Another name each time: two may save at once.
        string temporary = $"{target}.{Guid.NewGuid():N}{Extension}";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, target, overwrite: true);
        }
        catch (Exception exception)
        {
            Try(() => File.Delete(temporary));
            if (Renamed(exception, $"'{path}' cannot be saved: {exception.Message.Replace(temporary, target, StringComparison.Ordinal)}") is { } renamed)
                throw renamed;
            throw;
        }

        Try(() => RemoveAbandoned(target));
    }

    /// <summary>The same failure, told of the file that the caller knows; null for one that is about no file.</summary>
    private static Exception? Renamed(Exception exception, string message) => exception switch
    {
        DirectoryNotFoundException => new DirectoryNotFoundException(message),
        PathTooLongException => new PathTooLongException(message),
        UnauthorizedAccessException => new UnauthorizedAccessException(message),
        IOException => new IOException(message, exception.HResult),
        _ => null,
    };

    /// <summary>Deletes what processes left behind that were killed while they wrote the same target.</summary>
    private static void RemoveAbandoned(string target)
    {
        // The file system's own time, which may not be this machine's.
        DateTime now = File.GetLastWriteTimeUtc(target);
        var folder = new DirectoryInfo(Path.GetDirectoryName(target)!);
        foreach (FileInfo file in folder.EnumerateFiles("*" + Extension))
        {
            if (IsTemporaryOf(Path.GetFileName(target), file.Name) && now - file.LastWriteTimeUtc > Abandoned && file.LinkTarget is null)
                Try(() => DeleteUnlessOpen(file.FullName));
        }
    }

    private static bool IsTemporaryOf(string target, string name) =>
        name.StartsWith(target + ".", StringComparison.Ordinal)
        && Guid.TryParseExact(name.AsSpan(target.Length + 1, Math.Max(name.Length - Extension.Length - target.Length - 1, 0)), "N", out _);

    /// <summary>Whoever writes a file has opened it for itself alone, so that this cannot open it.</summary>
    private static void DeleteUnlessOpen(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
    }

    /// <summary>Does what is good to do and no matter where it fails.</summary>
    private static void Try(Action action)
    {
        try
        {
            action();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
        }
    }
}

using System.Collections.ObjectModel;
using System.IO.Compression;

namespace Fused;

/// <summary>The directory of a .npz file: a zip archive of .npy files, stored or deflated. Anything else in it is passed over.</summary>
internal static class NpzDirectory
{
    /// <summary>
    /// What reading the zip's own directory may cost. A tensor takes about a hundred bytes of it, in memory several times that; the
    /// limit keeps a file of nothing but directory from filling the memory.
    /// </summary>
    private const int MaxDirectoryBytes = 1 << 20;

    /// <summary>Deflate cannot do better: 258 bytes from two bits. Source: zlib's "Technical Details".</summary>
    private const long MaxExpansion = 1032;

    private const string Extension = ".npy";

    /// <summary>Reads the archive's directory and every tensor's header; no entry is inflated beyond its header.</summary>
    /// <exception cref="InvalidDataException">It is malformed.</exception>
    public static List<TensorEntry> Read(SourceSlice file, ZipArchive archive)
    {
        file.Budget = MaxDirectoryBytes;
        ReadOnlyCollection<ZipArchiveEntry> zipEntries = archive.Entries;
        file.Budget = long.MaxValue;

        var entries = new List<TensorEntry>(zipEntries.Count);
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (ZipArchiveEntry zipEntry in zipEntries.Where(e => e.FullName.EndsWith(Extension, StringComparison.Ordinal)))
        {
            string name = zipEntry.FullName[..^Extension.Length];
            if (!names.Add(name))
                throw new InvalidDataException($"{Quoted.Name(name)} is there twice");
            entries.Add(ReadEntry(name, zipEntry, file.Length));
        }

        return entries;
    }

    private static TensorEntry ReadEntry(string name, ZipArchiveEntry zipEntry, long fileLength)
    {
        NpyHeader header;
        using (Stream stream = zipEntry.Open())
        {
            try
            {
                header = NpyHeader.Read(stream);
            }
            catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException)
            {
                throw new InvalidDataException($"{Quoted.Name(name)}: {exception.Message}", exception);
            }
        }

        ElementType type = ElementType.FromNumPy(header.DType);
        long count = TensorShape.Count(header.Shape);
        if (type.Size > 0)
        {
            // Three sizes must agree before anything is allocated by one of them: the tensor's, the entry's, the file's.
            long bytes = zipEntry.Length - header.Bytes;
            if (bytes < 0 || bytes % type.Size != 0 || bytes / type.Size != count)
            {
                throw new InvalidDataException(
                    $"{Quoted.Name(name)} has {bytes} bytes, which is not {Quoted.Text(header.DType)} {TensorShape.Format(header.Shape)}");
            }

            if (zipEntry.CompressedLength > fileLength || zipEntry.Length / MaxExpansion > zipEntry.CompressedLength)
                throw new InvalidDataException($"{Quoted.Name(name)} cannot have {zipEntry.Length} bytes in {zipEntry.CompressedLength} of the file's {fileLength}");
        }

        return new TensorEntry(new TensorInfo(name, header.DType, header.Shape), type, header.ColumnMajor, OpenValues);

        Stream OpenValues()
        {
            Stream stream = zipEntry.Open();
            NpyHeader.Read(stream);
            return stream;
        }
    }
}

using System.Collections.ObjectModel;
using System.IO.Compression;

namespace Fused;

/// <summary>The directory of a .npz file: a zip archive of .npy files, stored or deflated. Anything else in it is passed over.</summary>
internal static class NpzDirectory
{
    /// <summary>
    /// What reading a zip's own directory may cost where that is more than half of the file. Every tensor has more bytes before its values,
    /// in its two headers, than the directory has for it; a file of nothing but directory is none, and would be several times its size
    /// in memory.
    /// </summary>
    private const int MaxSmallDirectoryBytes = 1 << 20;

    /// <summary>Deflate cannot do better: 258 bytes from two bits. Source: zlib's "Technical Details".</summary>
    private const long MaxExpansion = 1032;

    private const string Extension = ".npy";

    /// <summary>Whether a file begins as a zip archive: with "PK" and a first entry, or the end of an archive that has none.</summary>
    public static bool Begins(ByteSource source)
    {
        Span<byte> magic = stackalloc byte[4];
        return source.ReadAtMost(magic, 0) == magic.Length
            && (magic.SequenceEqual("PK\u0003\u0004"u8) || magic.SequenceEqual("PK\u0005\u0006"u8));
    }

    /// <summary>Finds the directory at the archive's end.</summary>
    /// <exception cref="InvalidDataException">It is not there.</exception>
    public static ZipArchive OpenArchive(SourceSlice file)
    {
        try
        {
            return new ZipArchive(file, ZipArchiveMode.Read);
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException(
                "it begins as a zip archive, which .npz, .keras and PyTorch's files are, but its end, which has the directory, is missing or corrupt, "
                + "as after a download that was interrupted: fetch it again", exception);
        }
    }

    /// <summary>Reads the archive's directory and every tensor's header; no entry is inflated beyond its header.</summary>
    /// <param name="file">The whole archive.</param>
    /// <param name="archive">The archive, opened over it.</param>
    /// <param name="head">The file's beginning and name, for messages.</param>
    /// <exception cref="InvalidDataException">It is malformed, or has other files than tensors only.</exception>
    public static List<TensorEntry> Read(SourceSlice file, ZipArchive archive, FileHead head)
    {
        file.Budget = Math.Max(MaxSmallDirectoryBytes, file.Length / 2);
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

        if (entries.Count == 0 && zipEntries.Count > 0)
            throw new InvalidDataException("it is " + ZipKinds.Explain(zipEntries, head));
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

        StoredType type = StoredType.FromNumPy(header.DType);
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

        return new TensorEntry(new TensorInfo(name, header.DType, header.Shape), type, header.ColumnMajor, OpenValues) { IsNumPy = true };

        Stream OpenValues()
        {
            Stream stream = zipEntry.Open();
            NpyHeader.Read(stream);
            return stream;
        }
    }
}

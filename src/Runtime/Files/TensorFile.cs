using System.IO.Compression;
using Microsoft.Win32.SafeHandles;

namespace Fused;

/// <summary>
/// A file of named tensors, safetensors or npz (told apart by content). Files are not trusted: one that lies about itself gives a
/// <see cref="FusedWeightsException"/> and costs no more memory than it can have data. Use it from one thread at a time.
/// </summary>
public sealed class TensorFile : IDisposable
{
    private readonly string _path;
    private readonly SafeFileHandle _file;
    private readonly ZipArchive? _archive;
    private readonly List<TensorEntry> _entries;

    private TensorFile(string path, SafeFileHandle file)
    {
        _path = path;
        _file = file;
        long length = RandomAccess.GetLength(file);
        if (IsZip(file))
        {
            var slice = new FileSlice(file, 0, length);
            _archive = new ZipArchive(slice, ZipArchiveMode.Read);
            _entries = NpzDirectory.Read(slice, _archive);
        }
        else
        {
            _entries = SafetensorsDirectory.Read(file, length);
        }

        _entries.Sort((a, b) => string.CompareOrdinal(a.Info.Name, b.Info.Name));
        Tensors = [.. _entries.Select(entry => entry.Info)];
    }

    /// <summary>What the file holds, sorted by name.</summary>
    public IReadOnlyList<TensorInfo> Tensors { get; }

    internal IReadOnlyList<TensorEntry> Entries => _entries;

    /// <summary>Opens a file and reads its directory; the tensors themselves are read when asked for.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FusedWeightsException">The file is no sound safetensors or npz file.</exception>
    /// <exception cref="IOException">The file is not there or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read, or is a folder.</exception>
    public static TensorFile Open(string path)
    {
        SafeFileHandle file = File.OpenHandle(path, options: FileOptions.SequentialScan);
        try
        {
            return Guard(path, () => new TensorFile(path, file));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Reads a tensor of floating-point values (F64, F32, F16, BF16), in C order, rounded to float32.</summary>
    /// <param name="name">The tensor's name.</param>
    /// <exception cref="FusedWeightsException">There is no such tensor, it has another type, or its data are corrupt.</exception>
    public float[] ReadSingle(string name) => Read<float, SingleDecoder>(name);

    /// <summary>Reads a tensor of integers (I64, I32, U8), in C order.</summary>
    /// <param name="name">The tensor's name.</param>
    /// <exception cref="FusedWeightsException">
    /// There is no such tensor, it has another type, a value does not fit 32 bits, or its data are corrupt.
    /// </exception>
    public int[] ReadInt32(string name) => Read<int, Int32Decoder>(name);

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        _archive?.Dispose();
        _file.Dispose();
    }

    /// <summary>Runs what reads the file, and turns what a malformed one makes it throw into the one exception that says so.</summary>
    internal static T Guard<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (IsMalformed(exception))
        {
            throw new FusedWeightsException(path, [exception.Message], inner: exception);
        }
    }

    /// <summary>
    /// Whether an exception speaks of the file's content, not of the disk or of the program. A pipe or a device, which has no
    /// length, gives a <see cref="NotSupportedException"/>.
    /// </summary>
    internal static bool IsMalformed(Exception exception) =>
        exception is InvalidDataException or EndOfStreamException or NotSupportedException;

    private T[] Read<T, TDecoder>(string name)
        where TDecoder : IElementDecoder<T> =>
        Guard(_path, () =>
        {
            TensorEntry entry = _entries.Find(entry => entry.Info.Name == name)
                ?? throw new InvalidDataException($"there is no {Quoted.Name(name)}; there are {string.Join(", ", Tensors.Take(20).Select(t => Quoted.Name(t.Name)))}");
            if (!TDecoder.CanDecode(entry.Type.Kind))
                throw new InvalidDataException($"{Quoted.Name(name)} has type {Quoted.Text(entry.Info.DType)}; {TDecoder.Supported} can be read");
            long count = TensorShape.Count(entry.Info.Shape);
            if (count > Array.MaxLength)
                throw new InvalidDataException($"{Quoted.Name(name)} has {count} values, more than an array holds");

            var values = new T[count];
            TensorReader.Read<T, TDecoder>(entry, transpose: false, values);
            return values;
        });

    private static bool IsZip(SafeFileHandle file)
    {
        // "PK" and the kind of record: a first entry, or the end of an archive that has none.
        Span<byte> magic = stackalloc byte[4];
        return RandomAccess.Read(file, magic, 0) == magic.Length
            && (magic.SequenceEqual("PK\u0003\u0004"u8) || magic.SequenceEqual("PK\u0005\u0006"u8));
    }
}

using System.Collections.ObjectModel;
using System.IO.Compression;

namespace Fused;

/// <summary>
/// A file of named tensors, safetensors or npz (told apart by content), on disk, in a stream or in memory. Files are not trusted: one
/// that lies about itself gives a <see cref="FusedWeightsException"/> and costs no more memory than it can have data. Use it from one
/// thread at a time.
/// </summary>
public sealed class TensorFile : IDisposable
{
    private readonly ByteSource _source;
    private readonly ZipArchive? _archive;
    private readonly List<TensorEntry> _entries;

    private TensorFile(FileLabel label, ByteSource source)
    {
        Label = label;
        _source = source;
        if (NpzDirectory.Begins(source))
        {
            var slice = new SourceSlice(source, 0, source.Length);
            _archive = NpzDirectory.OpenArchive(slice);
            _entries = NpzDirectory.Read(slice, _archive, new FileHead(source, label.Path));
            Metadata = ReadOnlyDictionary<string, string>.Empty;
        }
        else if (SafetensorsDirectory.Begins(source))
        {
            (_entries, Metadata) = SafetensorsDirectory.Read(source);
        }
        else
        {
            throw new InvalidDataException(
                ForeignKinds.Explain(new FileHead(source, label.Path)) ?? "it is neither a safetensors nor an npz file, and of no other kind that is known here");
        }

        _entries.Sort((a, b) => string.CompareOrdinal(a.Info.Name, b.Info.Name));
        Tensors = [.. _entries.Select(entry => entry.Info)];
    }

    /// <summary>What the file holds, sorted by name.</summary>
    public IReadOnlyList<TensorInfo> Tensors { get; }

    /// <summary>
    /// What the file says of itself beside its tensors: safetensors' <c>__metadata__</c>, such as <c>format</c> = <c>pt</c>. It is as
    /// little to be trusted as the rest. Empty where there is none, and for npz.
    /// </summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    internal IReadOnlyList<TensorEntry> Entries => _entries;

    /// <summary>What messages call the file.</summary>
    internal FileLabel Label { get; }

    /// <summary>Opens a file and reads its directory; the tensors themselves are read when asked for.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FusedWeightsException">
    /// The file is no sound safetensors or npz file; where it is of another kind, or a folder, the message says of which, and what to do.
    /// </exception>
    /// <exception cref="IOException">The file is not there or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static TensorFile Open(string path)
    {
        FileBytes source;
        try
        {
            source = new FileBytes(path);
        }
        catch (UnauthorizedAccessException exception) when (Directory.Exists(path))
        {
            throw new FusedWeightsException(FileLabel.File(path), [Folders.Explain(path)], inner: exception);
        }

        return Open(FileLabel.File(path), source);
    }

    /// <summary>
    /// Opens what a stream holds from its position to its end, and reads the directory. A stream that can seek is read as tensors are
    /// asked for: it must stay open and be left alone until this is disposed, and its position is then anywhere. One that cannot is
    /// kept in memory, as much as comes and 2 GB at most; after this has returned it is not read again.
    /// </summary>
    /// <param name="stream">The stream. It stays open when this is disposed: who opened it closes it.</param>
    /// <exception cref="ArgumentException">The stream cannot be read.</exception>
    /// <exception cref="FusedWeightsException">The stream holds no sound safetensors or npz file.</exception>
    /// <exception cref="IOException">The stream cannot be read to its end.</exception>
    public static TensorFile Open(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanRead)
            throw new ArgumentException("The stream is closed or cannot be read.", nameof(stream));
        return Open(FileLabel.Stream(stream), stream.CanSeek ? new SeekableBytes(stream) : new ForwardBytes(stream));
    }

    /// <summary>Opens a file that is in memory and reads its directory; nothing is copied until tensors are asked for.</summary>
    /// <param name="content">The whole file; it must not change until this is disposed.</param>
    /// <exception cref="FusedWeightsException">The content is no sound safetensors or npz file.</exception>
    public static TensorFile Open(ReadOnlyMemory<byte> content) => Open(FileLabel.Memory, new MemoryBytes(content));

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

    /// <summary>Closes the file; not a stream that it was opened from.</summary>
    public void Dispose()
    {
        _archive?.Dispose();
        _source.Dispose();
    }

    /// <summary>Runs what reads the file, and turns what a malformed one makes it throw into the one exception that says so.</summary>
    internal static T Guard<T>(FileLabel label, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (IsMalformed(exception))
        {
            throw new FusedWeightsException(label, [exception.Message], inner: exception);
        }
    }

    /// <summary>
    /// Whether an exception speaks of the file's content, not of the disk or of the program. A pipe or a device, which has no
    /// length, gives a <see cref="NotSupportedException"/>.
    /// </summary>
    internal static bool IsMalformed(Exception exception) =>
        exception is InvalidDataException or EndOfStreamException or NotSupportedException;

    private static TensorFile Open(FileLabel label, ByteSource source)
    {
        try
        {
            return Guard(label, () => new TensorFile(label, source));
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    private T[] Read<T, TDecoder>(string name)
        where TDecoder : IElementDecoder<T> =>
        Guard(Label, () =>
        {
            TensorEntry entry = _entries.Find(entry => entry.Info.Name == name)
                ?? throw new InvalidDataException($"there is no {Quoted.Name(name)}; there are {string.Join(", ", Tensors.Take(20).Select(t => Quoted.Name(t.Name)))}");
            if (!TDecoder.CanDecode(entry.Type.Kind))
                throw new InvalidDataException(TypeNames.Refuse<TDecoder, T>(entry, "read"));
            long count = TensorShape.Count(entry.Info.Shape);
            if (count > Array.MaxLength)
                throw new InvalidDataException($"{Quoted.Name(name)} has {count} values, more than an array holds");

            var values = new T[count];
            TensorReader.Read<T, TDecoder>(entry, entry.ColumnMajor ? AxisPermutation.FromColumnMajor(entry.Info.Shape) : null, values);
            return values;
        });
}

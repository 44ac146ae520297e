using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Fused;

/// <summary>
/// The directory of a safetensors file: 8 bytes of header length, little-endian, a JSON object, then the tensors' bytes with no
/// hole and no overlap. Source: https://github.com/huggingface/safetensors, "Format", whose checks are all made here.
/// Every model's first prediction waits for this code, and generic types of the base library over a value type of one's own have to be
/// compiled then: there are none here.
/// </summary>
internal static class SafetensorsDirectory
{
    /// <summary>The bytes in front of the JSON.</summary>
    public const int PrefixBytes = 8;

    /// <summary>The reference implementation's limit.</summary>
    private const int MaxHeaderBytes = 100_000_000;

    private const string MetadataName = "__metadata__";

    /// <summary>Whether a file begins as one of this format: with a length that is possible, and the brace of a header.</summary>
    public static bool Begins(ByteSource source)
    {
        Span<byte> start = stackalloc byte[PrefixBytes + 1];
        return source.ReadAtMost(start, 0) == start.Length
            && BinaryPrimitives.ReadUInt64LittleEndian(start) is > 0 and <= MaxHeaderBytes && start[PrefixBytes] == '{';
    }

    /// <summary>Reads and checks the directory of a file that begins so.</summary>
    /// <exception cref="InvalidDataException">It is malformed; nothing of the tensors has been read.</exception>
    public static TensorDirectory Read(ByteSource source)
    {
        Span<byte> prefix = stackalloc byte[PrefixBytes];
        source.ReadAtMost(prefix, 0);
        long headerLength = BinaryPrimitives.ReadInt64LittleEndian(prefix);
        if (headerLength > source.Length - PrefixBytes)
        {
            throw new InvalidDataException(
                $"its header has {headerLength} bytes, but {source.Length - PrefixBytes} follow: the file is not whole, as after a download that was interrupted; fetch it again");
        }

        byte[] header = ArrayPool<byte>.Shared.Rent((int)headerLength);
        try
        {
            Span<byte> json = header.AsSpan(0, source.ReadAtMost(header.AsSpan(0, (int)headerLength), PrefixBytes));
            (List<Header> headers, Dictionary<string, string> metadata) = Parse(json);
            return new TensorDirectory(Entries(headers, source, PrefixBytes + headerLength), metadata);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // InvalidOperationException is what the JSON reader throws for a string that is no UTF-8.
            throw new InvalidDataException($"its header is no valid JSON: {exception.Message}", exception);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(header);
        }
    }

    private static List<TensorEntry> Entries(List<Header> headers, ByteSource source, long dataStart)
    {
        headers.Sort((a, b) => a.Begin != b.Begin ? a.Begin.CompareTo(b.Begin) : a.End.CompareTo(b.End));
        long expected = 0;
        var entries = new List<TensorEntry>(headers.Count);
        foreach (Header header in headers)
        {
            StoredType type = StoredType.FromSafetensors(header.DType);
            long bytes = header.End - header.Begin;
            if (header.Begin != expected || bytes < 0)
            {
                throw new InvalidDataException(
                    $"{Quoted.Name(header.Name)} lies at bytes {header.Begin} to {header.End}, where one that begins at {expected} was due");
            }

            long count = TensorShape.Count(header.Shape);
            if (type.Size > 0 && (bytes % type.Size != 0 || bytes / type.Size != count))
            {
                throw new InvalidDataException(
                    $"{Quoted.Name(header.Name)} has {bytes} bytes, which is not {Quoted.Text(header.DType)} {TensorShape.Format(header.Shape)}");
            }

            expected = header.End;
            long start = dataStart + header.Begin;
            entries.Add(new TensorEntry(
                new TensorInfo(header.Name, header.DType, header.Shape), type, ColumnMajor: false, () => new SourceSlice(source, start, bytes)));
        }

        // What lies within the file is known only now; nothing has been allocated by these lengths.
        if (expected != source.Length - dataStart)
        {
            string why = expected > source.Length - dataStart
                ? ": the file is not whole, as after a download that was interrupted; fetch it again" : "";
            throw new InvalidDataException($"its tensors have {expected} bytes, but {source.Length - dataStart} follow the header{why}");
        }

        return entries;
    }

    private static (List<Header> Headers, Dictionary<string, string> Metadata) Parse(ReadOnlySpan<byte> json)
    {
        var headers = new List<Header>();
        Dictionary<string, string> metadata = [];
        var names = new HashSet<string>(StringComparer.Ordinal);
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            string name = reader.GetString()!;
            if (!names.Add(name))
                throw new InvalidDataException($"{Quoted.Name(name)} is there twice");
            reader.Read();
            if (name == MetadataName)
                metadata = ParseMetadata(ref reader);
            else
                headers.Add(ParseTensor(name, ref reader));
        }

        // To the end: what follows the object, other than space, makes the reader throw.
        reader.Read();
        return (headers, metadata);
    }

    /// <summary>An object of strings, or null, which the reference implementation reads as none.</summary>
    private static Dictionary<string, string> ParseMetadata(ref Utf8JsonReader reader)
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        if (reader.TokenType == JsonTokenType.Null)
            return metadata;

        bool sound = reader.TokenType == JsonTokenType.StartObject;
        while (sound && reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            string key = reader.GetString()!;
            sound = reader.Read() && reader.TokenType == JsonTokenType.String && metadata.TryAdd(key, reader.GetString()!);
        }

        return sound ? metadata : throw new InvalidDataException($"its {MetadataName} is no object of strings, each with a name of its own");
    }

    private static Header ParseTensor(string name, ref Utf8JsonReader reader)
    {
        string? dtype = null;
        long[]? shape = null;
        long[]? offsets = null;
        Require(reader.TokenType == JsonTokenType.StartObject, name);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            string key = reader.GetString()!;
            reader.Read();
            switch (key)
            {
                case "dtype" when dtype is null && reader.TokenType == JsonTokenType.String:
                    dtype = reader.GetString()!;
                    break;
                case "shape" when shape is null:
                    shape = ParseNumbers(name, ref reader);
                    break;
                case "data_offsets" when offsets is null:
                    offsets = ParseNumbers(name, ref reader);
                    break;
                default:
                    Require(false, name);
                    break;
            }
        }

        Require(dtype is not null && shape is not null && offsets is { Length: 2 }, name);
        return new Header(name, dtype!, Dimensions(name, shape!), offsets![0], offsets[1]);
    }

    private static ImmutableArray<int> Dimensions(string name, long[] shape)
    {
        var dimensions = new int[shape.Length];
        for (int i = 0; i < shape.Length; i++)
        {
            Require(shape[i] <= int.MaxValue, name);
            dimensions[i] = (int)shape[i];
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(dimensions);
    }

    private static long[] ParseNumbers(string name, ref Utf8JsonReader reader)
    {
        var numbers = new long[TensorShape.MaxRank];
        int count = 0;
        Require(reader.TokenType == JsonTokenType.StartArray, name);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            long number = 0;
            Require(reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out number), name);
            Require(number >= 0 && count < TensorShape.MaxRank, name);
            numbers[count++] = number;
        }

        return numbers[..count];
    }

    private static void Require(bool condition, string name)
    {
        if (!condition)
            throw new InvalidDataException($"the description of {Quoted.Name(name)} is not a dtype, a shape and two data_offsets");
    }

    private sealed record Header(string Name, string DType, ImmutableArray<int> Shape, long Begin, long End);
}

using System.Runtime.InteropServices;

namespace Fused;

/// <summary>Turns values as a file stores them, in the machine's byte order already, into the type that the caller wants.</summary>
internal interface IElementDecoder<T>
{
    /// <summary>The types that can be read, for messages, in the words of safetensors.</summary>
    static abstract string Supported { get; }

    /// <summary>The same in the words of NumPy.</summary>
    static abstract string SupportedInNumPy { get; }

    /// <summary>Whether values of this kind can be read.</summary>
    static abstract bool CanDecode(ElementKind kind);

    /// <summary>Converts as many values as the destination holds.</summary>
    /// <exception cref="InvalidDataException">A value does not fit.</exception>
    static abstract void Decode(ReadOnlySpan<byte> source, ElementKind kind, Span<T> destination);
}

/// <summary>Floating-point values as float32; float64 is rounded to nearest.</summary>
internal readonly struct SingleDecoder : IElementDecoder<float>
{
    public static string Supported => "F64, F32, F16 and BF16";

    public static string SupportedInNumPy => "float64, float32, float16 and bfloat16";

    public static bool CanDecode(ElementKind kind) =>
        kind is ElementKind.Float64 or ElementKind.Float32 or ElementKind.Float16 or ElementKind.BFloat16;

    public static void Decode(ReadOnlySpan<byte> source, ElementKind kind, Span<float> destination)
    {
        switch (kind)
        {
            case ElementKind.Float64:
                ReadOnlySpan<double> doubles = MemoryMarshal.Cast<byte, double>(source);
                for (int i = 0; i < destination.Length; i++)
                    destination[i] = (float)doubles[i];
                break;
            case ElementKind.Float32:
                MemoryMarshal.Cast<byte, float>(source)[..destination.Length].CopyTo(destination);
                break;
            case ElementKind.Float16:
                ReadOnlySpan<Half> halves = MemoryMarshal.Cast<byte, Half>(source);
                for (int i = 0; i < destination.Length; i++)
                    destination[i] = (float)halves[i];
                break;
            default:
                // A bfloat16 is the upper half of a float32.
                ReadOnlySpan<ushort> upper = MemoryMarshal.Cast<byte, ushort>(source);
                for (int i = 0; i < destination.Length; i++)
                    destination[i] = BitConverter.UInt32BitsToSingle((uint)upper[i] << 16);
                break;
        }
    }
}

/// <summary>Integers as 32 bits; wider ones must fit.</summary>
internal readonly struct Int32Decoder : IElementDecoder<int>
{
    public static string Supported => "I64, I32 and U8";

    public static string SupportedInNumPy => "int64, int32 and uint8";

    public static bool CanDecode(ElementKind kind) => kind is ElementKind.Int64 or ElementKind.Int32 or ElementKind.UInt8;

    public static void Decode(ReadOnlySpan<byte> source, ElementKind kind, Span<int> destination)
    {
        switch (kind)
        {
            case ElementKind.Int64:
                ReadOnlySpan<long> longs = MemoryMarshal.Cast<byte, long>(source);
                for (int i = 0; i < destination.Length; i++)
                {
                    if (longs[i] != (int)longs[i])
                        throw new InvalidDataException($"the value {longs[i]} does not fit 32 bits");
                    destination[i] = (int)longs[i];
                }

                break;
            case ElementKind.Int32:
                MemoryMarshal.Cast<byte, int>(source)[..destination.Length].CopyTo(destination);
                break;
            default:
                for (int i = 0; i < destination.Length; i++)
                    destination[i] = source[i];
                break;
        }
    }
}

namespace Fused;

/// <summary>The kinds of value that can be read. <see cref="Other"/> can be listed only.</summary>
internal enum ElementKind
{
    Other,
    Float64,
    Float32,
    Float16,
    BFloat16,
    Int64,
    Int32,
    UInt8,
}

/// <summary>How a file stores a value.</summary>
/// <param name="Kind">The kind of value.</param>
/// <param name="Size">The bytes of a value; 0 where that is not known.</param>
/// <param name="BigEndian">Whether the most significant byte comes first.</param>
internal readonly record struct StoredType(ElementKind Kind, int Size, bool BigEndian = false)
{
    /// <summary>A type in the words of safetensors. Source: the format's <c>Dtype</c>, safetensors/src/tensor.rs.</summary>
    public static StoredType FromSafetensors(string name) => name switch
    {
        "F64" => new(ElementKind.Float64, 8),
        "F32" => new(ElementKind.Float32, 4),
        "F16" => new(ElementKind.Float16, 2),
        "BF16" => new(ElementKind.BFloat16, 2),
        "I64" => new(ElementKind.Int64, 8),
        "I32" => new(ElementKind.Int32, 4),
        "U8" => new(ElementKind.UInt8, 1),
        "U64" => new(ElementKind.Other, 8),
        "U32" => new(ElementKind.Other, 4),
        "I16" or "U16" => new(ElementKind.Other, 2),
        "I8" or "BOOL" or "F8_E4M3" or "F8_E5M2" or "F8_E8M0" => new(ElementKind.Other, 1),
        _ => new(ElementKind.Other, 0),
    };

    /// <summary>
    /// A type in the words of NumPy: byte order, kind, bytes. NumPy has no bfloat16; the <c>ml_dtypes</c> package's is written as
    /// two bytes of no kind.
    /// </summary>
    public static StoredType FromNumPy(string descr) => descr switch
    {
        "<f8" => new(ElementKind.Float64, 8),
        "<f4" => new(ElementKind.Float32, 4),
        "<f2" => new(ElementKind.Float16, 2),
        ">f8" => new(ElementKind.Float64, 8, BigEndian: true),
        ">f4" => new(ElementKind.Float32, 4, BigEndian: true),
        ">f2" => new(ElementKind.Float16, 2, BigEndian: true),
        "<V2" or "|V2" or "bfloat16" => new(ElementKind.BFloat16, 2),
        "<i8" => new(ElementKind.Int64, 8),
        "<i4" => new(ElementKind.Int32, 4),
        ">i8" => new(ElementKind.Int64, 8, BigEndian: true),
        ">i4" => new(ElementKind.Int32, 4, BigEndian: true),
        "|u1" => new(ElementKind.UInt8, 1),
        _ => new(ElementKind.Other, 0),
    };
}

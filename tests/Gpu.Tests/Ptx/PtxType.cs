namespace Fused.Gpu.Tests.Ptx;

/// <summary>PTX's fundamental types by name.</summary>
internal static class PtxType
{
    /// <summary>A predicate's type: a register that holds a bit for each lane.</summary>
    public const string Predicate = "pred";

    /// <summary>The bytes of a type; 0 for a predicate and for what is no type.</summary>
    public static int Bytes(string type) => type switch
    {
        "b8" or "u8" or "s8" => 1,
        "b16" or "u16" or "s16" or "f16" => 2,
        "b32" or "u32" or "s32" or "f32" => 4,
        "b64" or "u64" or "s64" or "f64" => 8,
        _ => 0,
    };

    /// <summary>Whether the type is a signed integer.</summary>
    public static bool IsSigned(string type) => type[0] == 's';

    /// <summary>Whether the type is a floating-point one.</summary>
    public static bool IsFloat(string type) => type is "f16" or "f32" or "f64";
}

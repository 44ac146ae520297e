namespace Fused.Generator.IR;

/// <summary>The kinds of value that a kernel computes with.</summary>
internal enum ScalarKind
{
    Float32,

    /// <summary>Bit patterns inside functions such as exp, and what is multiplied in integers; indices are <see cref="Affine"/>.</summary>
    Int32,

    /// <summary>The outcome of a comparison: true or false in each lane.</summary>
    Mask,
}

/// <summary>The type of an expression: a scalar where <paramref name="Lanes"/> is 1, else a vector.</summary>
internal readonly record struct DataType(ScalarKind Kind, int Lanes)
{
    public static DataType Float(int lanes) => new(ScalarKind.Float32, lanes);

    public static DataType Int(int lanes) => new(ScalarKind.Int32, lanes);

    public static DataType Mask(int lanes) => new(ScalarKind.Mask, lanes);

    public override string ToString() => Kind switch
    {
        ScalarKind.Float32 => "f32",
        ScalarKind.Int32 => "i32",
        _ => "mask",
    } + (Lanes == 1 ? "" : "x" + Lanes);
}

using Fused.Generator.IR;
using Fused.Generator.Planning.Gpu;

namespace Fused.Generator.Emit;

/// <summary>
/// How the IR's types and operations are spelled in C# that ILGPU compiles. Four values are a <c>Float4</c>, and buffers are
/// views of such; what is stored narrower is unpacked when it is loaded.
/// </summary>
/// <param name="qualifies">Whether names are hidden by the user's, and so are written out in full.</param>
/// <param name="plan">Which says how the input and the weights are stored.</param>
internal sealed class GpuSyntax(bool qualifies, GpuPlan plan) : KernelSyntax(qualifies)
{
    public static string Ilgpu => "global::ILGPU.";

    public override string IndexType => "int";

    /// <summary>A name of ILGPU's.</summary>
    public string Device(string name) => (Qualifies ? Ilgpu : "") + name;

    /// <summary>A name of Fused's own.</summary>
    public string Own(string name) => (Qualifies ? Header.RuntimeServices : "") + name;

    /// <summary>The name of a buffer's view of single values, where it is one of vectors.</summary>
    public static string Floats(Buffer buffer) => buffer.Name + "Floats";

    /// <summary>Values in an element of a buffer.</summary>
    public int Width(Buffer buffer) => buffer.Scope switch
    {
        BufferScope.Input => plan.InputWidth,
        BufferScope.Counters => 1,
        BufferScope.Weights => IsMatrix(buffer) || buffer.Length % Grid.Lanes == 0 ? Grid.Lanes : 1,
        _ => buffer.Pitch % Grid.Lanes == 0 ? Grid.Lanes : 1,
    };

    /// <summary>Whether a buffer holds a weight matrix, which may be stored narrower than float32.</summary>
    public bool IsMatrix(Buffer buffer) => plan.IsMatrix(buffer);

    /// <summary>The type of a buffer's elements.</summary>
    public string Element(Buffer buffer) => buffer.Scope switch
    {
        BufferScope.Input => "TX",
        BufferScope.Counters => "int",
        BufferScope.Weights when IsMatrix(buffer) => "TW",
        _ => Width(buffer) == 1 ? "float" : Own("Float4"),
    };

    public override string Type(DataType type) => type.Lanes > 1 ? Own("Float4") : type.Kind switch
    {
        ScalarKind.Float32 => "float",
        ScalarKind.Int32 => "int",
        _ => "bool",
    };

    public override string Load(Buffer buffer, Affine index, int lanes)
    {
        string element = Place(buffer, index, lanes);
        return buffer.Scope == BufferScope.Input ? $"LoadInput({element})"
            : IsMatrix(buffer) ? $"LoadWeights({element})"
            : element;
    }

    public override string LoadBits(Buffer buffer, Affine index, int lanes) =>
        throw new InvalidOperationException("A GPU's kernels unpack narrow weights by the type of their elements.");

    public override string Store(Buffer buffer, Affine index, string value, int lanes) => $"{Place(buffer, index, lanes)} = {value};";

    public override string Broadcast(string scalar, DataType type) => $"new {Type(type)}({scalar})";

    public override string Extract(string vector, int lane) => vector + "." + "XYZW"[lane];

    public override string HorizontalReduce(ReduceOp op, string vector, int lanes) =>
        throw new InvalidOperationException("On a GPU no vector is reduced: its threads are.");

    /// <summary>By a function, which computes both: a branch around one of them ILGPU may take for one that all threads of a warp take alike.</summary>
    public override string Select(string condition, string ifTrue, string ifFalse, int lanes) => lanes == 1
        ? $"{Own("GpuMath")}.Select({condition}, {ifTrue}, {ifFalse})"
        : throw new InvalidOperationException("A choice between vectors is made inside functions of scalars.");

    public override string Unary(UnaryOp op, string operand, int lanes) => lanes > 1
        ? throw new InvalidOperationException($"{op} of a vector is computed inside functions of scalars.")
        : op switch
        {
            UnaryOp.Negate => "-" + operand,
            UnaryOp.Abs => $"global::System.MathF.Abs({operand})",
            UnaryOp.IntToFloat => "(float)" + operand,
            UnaryOp.FloatToBits => $"{Own("GpuMath")}.Bits({operand})",
            _ => $"{Own("GpuMath")}.FromBits({operand})",
        };

    public override string Function(BinaryOp op, string left, string right, int lanes) => op is BinaryOp.Max or BinaryOp.Min
        ? $"{Own("GpuMath")}.{op}({left}, {right})"
        : throw new InvalidOperationException($"{op} of vectors is computed inside functions of scalars.");

    private string Place(Buffer buffer, Affine index, int lanes)
    {
        int width = Width(buffer);
        string name = width > lanes ? Floats(buffer) : Identifier(buffer.Name);
        return $"{name}[{(lanes == 1 ? index : Divide(index, lanes))}]";
    }

    private static Affine Divide(Affine index, int lanes) => index.Terms.Aggregate(
        Affine.Constant(Exact(index.Offset, lanes)),
        (sum, term) => sum + (Affine.Variable(term.Variable) * Exact(term.Coefficient, lanes)));

    private static int Exact(int value, int divisor) => value % divisor == 0 ? value / divisor
        : throw new InvalidOperationException($"{value} elements are no whole vectors of {divisor}.");
}

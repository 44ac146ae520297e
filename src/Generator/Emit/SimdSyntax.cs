using Fused.Generator.IR;

namespace Fused.Generator.Emit;

/// <summary>
/// How the IR's types and operations are spelled in C# for the CPU: the one place where a vector differs from a scalar. A
/// value of n lanes is a <c>Vector512</c>, <c>Vector256</c> or <c>Vector128</c> of floats, or a <c>float</c>. What reads the
/// input is generic over the type of the caller's features, which are converted in the register.
/// </summary>
/// <param name="qualifies">Whether the framework's names are hidden by the user's, and so are written out in full.</param>
internal sealed class SimdSyntax(bool qualifies) : KernelSyntax(qualifies)
{
    private const string Bits = "global::System.BitConverter";

    public string Unsafe { get; } = (qualifies ? Services : "") + "Unsafe";

    /// <summary>The runtime's class that asks for lines of the cache.</summary>
    public string Prefetch { get; } = (qualifies ? Header.RuntimeServices : "") + "Prefetch";

    /// <summary>
    /// The parameter of what reads the input: a value of the type <c>TFeatures</c>, which makes floats of what the caller has stored as
    /// <c>TElement</c>.
    /// </summary>
    public const string Features = "features";

    public static string Intrinsics => "global::System.Runtime.Intrinsics.";

    public override string IndexType => "nuint";

    /// <summary>The static class with a vector type's operations.</summary>
    private string Class(int lanes) => (Qualifies ? Intrinsics : "") + lanes switch
    {
        16 => "Vector512",
        8 => "Vector256",
        4 => "Vector128",
        _ => throw new InvalidOperationException($"No vector has {lanes} lanes."),
    };

    public override string Type(DataType type)
    {
        string element = type.Kind == ScalarKind.Int32 ? "int" : "float";
        return type.Lanes > 1 ? $"{Class(type.Lanes)}<{element}>" : type.Kind == ScalarKind.Mask ? "bool" : element;
    }

    public override string Load(Buffer buffer, Affine index, int lanes) => (lanes, index.ToString()) switch
    {
        var (_, place) when IsFeatures(buffer) =>
            $"{Features}.Load{(lanes == 1 ? "" : Literals.Int(lanes * 32))}(ref {Identifier(buffer.Name)}, {place})",
        (1, "0") => Identifier(buffer.Name),
        (1, var place) => $"{Unsafe}.Add(ref {Identifier(buffer.Name)}, {place})",
        (_, "0") => $"{Class(lanes)}.LoadUnsafe(ref {Identifier(buffer.Name)})",
        var (_, place) => $"{Class(lanes)}.LoadUnsafe(ref {Identifier(buffer.Name)}, {place})",
    };

    /// <summary>A statement that makes a parameter refer to floats.</summary>
    public static string Unpack(Unpack unpack)
    {
        string target = Identifier(unpack.Target.Name);
        return $"{target} = ref {Features}.Floats(ref {Identifier(unpack.Source.Name)}, ref {target}, start: {unpack.Start}, "
            + $"rows: {Literals.Int(unpack.Rows)}, count: {Literals.Int(unpack.Count)}, pitch: {Literals.Int(unpack.Pitch)});";
    }

    /// <summary>Opens a method, which is generic over the type of the features where it reads them.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="access">Who may call it.</param>
    /// <param name="name">Its name.</param>
    /// <param name="readsFeatures">Whether it reads features.</param>
    /// <param name="before">The parameters before <see cref="Features"/>.</param>
    /// <param name="parameters">The other ones.</param>
    public SourceWriter.Block OpenMethod(
        SourceWriter writer, string access, string name, bool readsFeatures, IEnumerable<string> before, IEnumerable<string> parameters)
    {
        if (!readsFeatures)
        {
            return writer.Open($"{access} static void {name}({string.Join(", ", before.Concat(parameters))})");
        }

        writer.Line($"{access} static void {name}<TFeatures, TElement>({string.Join(", ", before.Append("TFeatures " + Features).Concat(parameters))})");
        return writer.Open($"    where TFeatures : struct, {(Qualifies ? Header.RuntimeServices : "")}IFeatures<TElement>");
    }

    /// <summary>Whether a buffer holds features of the caller's, in a type that is a parameter of what reads it.</summary>
    private static bool IsFeatures(Buffer buffer) => buffer.Scope == BufferScope.Input;

    /// <summary>Whether a kernel reads features, and so is generic.</summary>
    public static bool ReadsFeatures(Kernel kernel) => kernel.Buffers.Any(IsFeatures);

    /// <summary>The type of a buffer's elements, or of the words that it is read by.</summary>
    public static string Element(Buffer buffer) => IsFeatures(buffer) ? "TElement" : buffer.Stride > 1 ? "int" : Stored(buffer);

    /// <summary>The type of what is stored for an element: signed, so that all narrow ones are extended alike.</summary>
    public static string Stored(Buffer buffer) => buffer.Element switch
    {
        ElementType.Float32 => "float",
        ElementType.Int8 when !buffer.IsPairs => "sbyte",
        _ => "short",
    };

    public override string LoadBits(Buffer buffer, Affine index, int lanes)
    {
        if (!buffer.IsPairs && (lanes == 1 || buffer.Stride > 1))
        {
            return Load(buffer, index, lanes);
        }

        string load = (buffer.IsPairs ? "ExtendPair" : "Extend") + (buffer.IsPairs && lanes > 1 ? "s" : "") + (lanes > 1 ? Literals.Int(lanes * 32) : "");
        return $"{Runtime("NarrowLoads")}.{load}(ref {Identifier(buffer.Name)}, {index})";
    }

    /// <summary>A class of the runtime's.</summary>
    private string Runtime(string name) => (Qualifies ? Header.RuntimeServices : "") + name;

    public override string Store(Buffer buffer, Affine index, string value, int lanes) => lanes == 1
        ? $"{Load(buffer, index, 1)} = {value};"
        : $"{value}.StoreUnsafe(ref {Identifier(buffer.Name)}{(index.ToString() is "0" ? "" : ", " + index)});";

    public override string Broadcast(string scalar, DataType type) =>
        scalar is "0f" or "0" ? $"{Type(type)}.Zero" : $"{Class(type.Lanes)}.Create({scalar})";

    public override string HorizontalReduce(ReduceOp op, string vector, int lanes) =>
        op == ReduceOp.Sum ? $"{Class(lanes)}.Sum({vector})" : $"{Header.RuntimeServices}Horizontal.Max({vector})";

    public override string Extract(string vector, int lane) => $"{vector}[{Literals.Int(lane)}]";

    public string MultiplyAdd(string a, string b, string c, int lanes) =>
        $"{(lanes == 1 ? "float" : Class(lanes))}.MultiplyAddEstimate({a}, {b}, {c})";

    /// <summary>The condition of a scalar is parenthesised already.</summary>
    public override string Select(string condition, string ifTrue, string ifFalse, int lanes) => lanes == 1
        ? $"({condition} ? {ifTrue} : {ifFalse})"
        : $"{Class(lanes)}.ConditionalSelect({condition}, {ifTrue}, {ifFalse})";

    public override string Unary(UnaryOp op, string operand, int lanes) => op switch
    {
        UnaryOp.Negate => "-" + operand,
        UnaryOp.Abs => $"{(lanes == 1 ? "float" : Class(lanes))}.Abs({operand})",
        UnaryOp.IntToFloat => lanes == 1 ? "(float)" + operand : $"{Class(lanes)}.ConvertToSingle({operand})",
        UnaryOp.FloatToBits => lanes == 1 ? $"{Bits}.SingleToInt32Bits({operand})" : $"{operand}.AsInt32()",
        _ => lanes == 1 ? $"{Bits}.Int32BitsToSingle({operand})" : $"{operand}.AsSingle()",
    };

    public override string Function(BinaryOp op, string left, string right, int lanes)
    {
        if (op == BinaryOp.PairProduct)
        {
            return $"{Runtime("NarrowProducts")}.Pairs({left}, {right})";
        }

        string name = op == BinaryOp.Equal ? "Equals" : op.ToString();
        return $"{(lanes == 1 ? "float" : Class(lanes))}.{name}({left}, {right})";
    }
}

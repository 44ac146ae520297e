using System.Collections.Immutable;
using Fused.Generator.IR;
using Microsoft.CodeAnalysis.CSharp;

namespace Fused.Generator.Emit;

/// <summary>
/// How the IR's types and operations are spelled in C# for the CPU: the one place where a vector differs from a scalar. A
/// value of n lanes is a <c>Vector512</c>, <c>Vector256</c> or <c>Vector128</c> of floats, or a <c>float</c>.
/// </summary>
/// <param name="qualifies">Whether the framework's names are hidden by the user's, and so are written out in full.</param>
internal sealed class SimdSyntax(bool qualifies)
{
    private const string Bits = "global::System.BitConverter";

    /// <summary>The framework's names that generated kernels use without their namespaces where nothing hides them.</summary>
    public static ImmutableArray<string> Names { get; } =
    [
        "Vector512", "Vector256", "Vector128", "Unsafe", "MethodImpl", "MethodImplAttribute", "MethodImplOptions",
    ];

    public string Unsafe { get; } = (qualifies ? Services : "") + "Unsafe";

    public static string Services => "global::System.Runtime.CompilerServices.";

    public static string Intrinsics => "global::System.Runtime.Intrinsics.";

    /// <summary>The line above a method that says how it is to be compiled.</summary>
    public string MethodImpl(string option)
    {
        string prefix = qualifies ? Services : "";
        return $"[{prefix}MethodImpl({prefix}MethodImplOptions.{option})]";
    }

    /// <summary>A buffer's name, which a layer's may have given, as an identifier.</summary>
    public static string Identifier(string name) => SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name;

    /// <summary>The static class with a vector type's operations.</summary>
    private string Class(int lanes) => (qualifies ? Intrinsics : "") + lanes switch
    {
        16 => "Vector512",
        8 => "Vector256",
        4 => "Vector128",
        _ => throw new InvalidOperationException($"No vector has {lanes} lanes."),
    };

    public string Type(DataType type)
    {
        string element = type.Kind == ScalarKind.Int32 ? "int" : "float";
        return type.Lanes > 1 ? $"{Class(type.Lanes)}<{element}>" : type.Kind == ScalarKind.Mask ? "bool" : element;
    }

    public string Load(string buffer, string index, int lanes) => (lanes, index) switch
    {
        (1, "0") => Identifier(buffer),
        (1, _) => $"{Unsafe}.Add(ref {Identifier(buffer)}, {index})",
        (_, "0") => $"{Class(lanes)}.LoadUnsafe(ref {Identifier(buffer)})",
        _ => $"{Class(lanes)}.LoadUnsafe(ref {Identifier(buffer)}, {index})",
    };

    public string Store(string buffer, string index, string value, int lanes) => lanes == 1
        ? $"{Load(buffer, index, 1)} = {value};"
        : $"{value}.StoreUnsafe(ref {Identifier(buffer)}{(index == "0" ? "" : ", " + index)});";

    public string Broadcast(string scalar, DataType type) =>
        scalar is "0f" or "0" ? $"{Type(type)}.Zero" : $"{Class(type.Lanes)}.Create({scalar})";

    public string HorizontalReduce(ReduceOp op, string vector, int lanes) =>
        op == ReduceOp.Sum ? $"{Class(lanes)}.Sum({vector})" : $"{Header.RuntimeServices}Horizontal.Max({vector})";

    public string MultiplyAdd(string a, string b, string c, int lanes) =>
        $"{(lanes == 1 ? "float" : Class(lanes))}.MultiplyAddEstimate({a}, {b}, {c})";

    /// <summary>The condition of a scalar is parenthesised already.</summary>
    public string Select(string condition, string ifTrue, string ifFalse, int lanes) => lanes == 1
        ? $"({condition} ? {ifTrue} : {ifFalse})"
        : $"{Class(lanes)}.ConditionalSelect({condition}, {ifTrue}, {ifFalse})";

    public string Unary(UnaryOp op, string operand, int lanes) => op switch
    {
        UnaryOp.Negate => "-" + operand,
        UnaryOp.Abs => $"{(lanes == 1 ? "float" : Class(lanes))}.Abs({operand})",
        UnaryOp.FloatToBits => lanes == 1 ? $"{Bits}.SingleToInt32Bits({operand})" : $"{operand}.AsInt32()",
        _ => lanes == 1 ? $"{Bits}.Int32BitsToSingle({operand})" : $"{operand}.AsSingle()",
    };

    /// <summary>The operator, and how tightly it binds; nothing where the operation is a function.</summary>
    public static (string Symbol, int Precedence)? Operator(BinaryOp op, int lanes) => op switch
    {
        BinaryOp.Multiply => ("*", 6),
        BinaryOp.Divide => ("/", 6),
        BinaryOp.Add => ("+", 5),
        BinaryOp.Subtract => ("-", 5),
        BinaryOp.ShiftLeft => ("<<", 4),
        BinaryOp.ShiftRight => (">>", 4),
        BinaryOp.LessThan when lanes == 1 => ("<", 3),
        BinaryOp.Equal when lanes == 1 => ("==", 2),
        BinaryOp.And => ("&", 1),
        _ => null,
    };

    public string Function(BinaryOp op, string left, string right, int lanes)
    {
        string name = op == BinaryOp.Equal ? "Equals" : op.ToString();
        return $"{(lanes == 1 ? "float" : Class(lanes))}.{name}({left}, {right})";
    }
}

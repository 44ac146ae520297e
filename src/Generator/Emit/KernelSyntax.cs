using Fused.Generator.IR;
using Microsoft.CodeAnalysis.CSharp;

namespace Fused.Generator.Emit;

/// <summary>How the IR's types and operations are spelled in C# for one kind of machine: all in which emitters differ.</summary>
/// <param name="qualifies">Whether the framework's names are hidden by the user's, and so are written out in full.</param>
internal abstract class KernelSyntax(bool qualifies)
{
    public static string Services => "global::System.Runtime.CompilerServices.";

    protected bool Qualifies => qualifies;

    /// <summary>The type of indices.</summary>
    public abstract string IndexType { get; }

    /// <summary>The line above a method that says how it is to be compiled.</summary>
    public string MethodImpl(string option)
    {
        string prefix = qualifies ? Services : "";
        return $"[{prefix}MethodImpl({prefix}MethodImplOptions.{option})]";
    }

    /// <summary>A buffer's name, which a layer's may have given, as an identifier.</summary>
    public static string Identifier(string name) => SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name;

    public abstract string Type(DataType type);

    public abstract string Load(Buffer buffer, Affine index, int lanes);

    /// <summary>Integers of a narrow buffer; see <see cref="IR.LoadBits"/>.</summary>
    public abstract string LoadBits(Buffer buffer, Affine index, int lanes);

    /// <summary>A statement; a vector's value binds as tightly as a name.</summary>
    public abstract string Store(Buffer buffer, Affine index, string value, int lanes);

    public abstract string Broadcast(string scalar, DataType type);

    public abstract string Extract(string vector, int lane);

    public abstract string HorizontalReduce(ReduceOp op, string vector, int lanes);

    /// <summary>A choice; the condition of a scalar is parenthesised already.</summary>
    public abstract string Select(string condition, string ifTrue, string ifFalse, int lanes);

    public abstract string Unary(UnaryOp op, string operand, int lanes);

    /// <summary>An operation that is no operator.</summary>
    public abstract string Function(BinaryOp op, string left, string right, int lanes);

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
        BinaryOp.Or => ("|", 0),
        _ => null,
    };
}

using System.ComponentModel;

namespace Fused.CompilerServices;

/// <summary>Marks a model that is not compiled: its generated members throw. The analyzer reads it and reports what nothing else has reported.</summary>
/// <param name="reason">Why.</param>
/// <param name="isFailure">Whether the fault is the compiler's and not the declaration's.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface, Inherited = false)]
public sealed class NotCompiledAttribute(string reason, bool isFailure = false) : Attribute
{
    /// <summary>Why.</summary>
    public string Reason { get; } = reason;

    /// <summary>Whether the fault is the compiler's and not the declaration's.</summary>
    public bool IsFailure { get; } = isFailure;
}

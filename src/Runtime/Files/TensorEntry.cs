namespace Fused;

/// <summary>A tensor of a file and where its values are.</summary>
/// <param name="Info">What users see.</param>
/// <param name="Type">How a value is stored.</param>
/// <param name="ColumnMajor">Whether the first axis varies fastest (Fortran's order) instead of the last (C's).</param>
/// <param name="Open">A stream of the values' bytes; it may end early, as files may lie.</param>
internal sealed record TensorEntry(TensorInfo Info, StoredType Type, bool ColumnMajor, Func<Stream> Open)
{
    /// <summary>Whether the type is in NumPy's words.</summary>
    public bool IsNumPy { get; init; }
}

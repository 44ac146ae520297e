namespace Fused;

/// <summary>
/// The names of a model's outputs, in their order: as many as its last layer gives, which is checked while the declaration is
/// written. The generator adds <c>Labels</c> and <c>Top</c>, the best few with their labels, to the class. Not a layer: where it
/// stands among them does not matter. Two outputs may have one label.
/// </summary>
/// <param name="labels">The labels; none where <see cref="File"/> has them.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class LabelsAttribute(params string[] labels) : Attribute
{
    /// <summary>The labels that the attribute lists.</summary>
    public IReadOnlyList<string> Labels { get; } = labels;

    /// <summary>
    /// A text file that has the labels instead, one a line, read when the project is built: its name, or as much of its path as tells it
    /// from others. The project gives it to the compiler by <c>&lt;AdditionalFiles Include="labels.txt" /&gt;</c>.
    /// </summary>
    public string? File { get; set; }
}

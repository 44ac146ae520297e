namespace Fused;

/// <summary>
/// The names of a model's outputs, in their order: as many as its last layer gives, which is checked while the declaration is
/// written. The generator adds <c>Labels</c> and <c>Top</c>, the best few with their labels, to the class. Not a layer: where it
/// stands among them does not matter. Two outputs may have one label.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class LabelsAttribute : Attribute
{
    /// <summary>Labels that <see cref="File"/> has. Also for who must write what all languages understand, to which lists in attributes do not belong.</summary>
    public LabelsAttribute()
        : this([])
    {
    }

    /// <summary>The labels.</summary>
    /// <param name="labels">As many as the outputs, none empty.</param>
    public LabelsAttribute(params string[] labels) => Labels = labels;

    /// <summary>The labels that the attribute lists; none where <see cref="File"/> has them.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>
    /// A text file that has the labels instead, one a line, read when the project is built: its name, or as much of its path as tells it
    /// from others. The project gives it to the compiler by <c>&lt;AdditionalFiles Include="labels.txt" /&gt;</c>.
    /// </summary>
    public string? File { get; set; }

    /// <summary>
    /// The output whose values are named, by the name that <see cref="OutputAttribute"/> gives it; needed where there are several. The generator adds the
    /// labels to <c>Outputs</c> then, for <see cref="Scores"/>.
    /// </summary>
    public string? Output { get; set; }
}

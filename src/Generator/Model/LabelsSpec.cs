namespace Fused.Generator.Model;

/// <summary>The names of a model's outputs, as its declaration has them.</summary>
/// <param name="Labels">The labels; none as long as only the file is known.</param>
/// <param name="File">The file that has them instead, as the declaration names it.</param>
/// <param name="Folder">Where the declaration stands: a file's name may be relative to that.</param>
internal sealed record LabelsSpec(EquatableArray<string> Labels, string? File, string Folder)
{
    /// <summary>The output whose values they name; null where there is one.</summary>
    public string? Output { get; init; }

    /// <summary>Why the file's labels are not known, once it has been looked for.</summary>
    public string? Fault { get; init; }
}

using Fused.Generator.Graph;
using Fused.Generator.IR;

namespace Fused.Generator.Model;

/// <summary>
/// All that is known of a model's declaration. It is the only value that the generator keeps between two keystrokes, so it
/// is equal whenever the declaration means the same: it holds no symbol and no syntax, which would keep whole compilations
/// alive, and no location, which the edit of a comment above the class would change.
/// </summary>
/// <param name="Namespace">As it stands in source (<c>Shop.@event</c>), empty for the global namespace.</param>
/// <param name="TypeName">As it stands in source (<c>@class</c>).</param>
/// <param name="ContainingTypes">The types around it, the outermost first.</param>
/// <param name="HintName">The name of the generated file: qualified, unique in the compilation, the same in every run.</param>
/// <param name="HasDocumentation">Whether the user documented the class, so that a generated summary would be a second one.</param>
/// <param name="Input">The shape of one sample.</param>
/// <param name="Layers">The layers in order.</param>
internal sealed record ModelSpec(
    string Namespace,
    string TypeName,
    EquatableArray<ContainingType> ContainingTypes,
    string HintName,
    bool HasDocumentation,
    Shape Input,
    EquatableArray<Layer> Layers)
{
    /// <summary>How the CPU's kernels store the matrices of Dense layers.</summary>
    public ElementType Weights { get; init; }

    /// <summary>The names of the outputs, where the declaration gives some.</summary>
    public LabelsSpec? Labels { get; init; }

    /// <summary>What around the class changes how the code is written.</summary>
    public Surroundings Surroundings { get; init; } = Surroundings.Plain;
}

/// <summary>A type around the model, which the generated file opens again.</summary>
/// <param name="Keyword">What follows <c>partial</c>: <c>class</c>, <c>struct</c>, <c>interface</c>, <c>record</c>, <c>record struct</c>.</param>
/// <param name="Name">As it stands in source (<c>@class</c>).</param>
internal sealed record ContainingType(string Keyword, string Name)
{
    /// <summary>The whole line, such as <c>partial class Outer</c>.</summary>
    public string Declaration => $"partial {Keyword} {Name}";
}

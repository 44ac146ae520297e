using Fused.Generator.Graph;
using Fused.Generator.IR;

namespace Fused.Generator.Model;

/// <summary>All that is known of a model whose declaration is right.</summary>
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
    : ModelDeclaration(Namespace, TypeName, ContainingTypes, HintName, HasDocumentation)
{
    /// <summary>What one value of the input is.</summary>
    public InputType InputType { get; init; }

    /// <summary>How the CPU's kernels store the matrices of Dense layers.</summary>
    public ElementType Weights { get; init; }

    /// <summary>Whether 3 x 3 convolutions may be computed with fewer multiplications.</summary>
    public bool Winograd { get; init; }

    /// <summary>The layers whose outputs are the model's; none where that is the last one's.</summary>
    public EquatableArray<OutputSpec> Outputs { get; init; } = [];

    /// <summary>The names of the values of an output, where the declaration gives some.</summary>
    public LabelsSpec? Labels { get; init; }
}

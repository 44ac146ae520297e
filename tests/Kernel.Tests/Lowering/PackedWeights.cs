using System.Collections.Immutable;
using Fused.CompilerServices;
using Fused.Generator.Fusion;
using Fused.Generator.Graph;
using Fused.Generator.Scheduling;
using NodeRole = Fused.Generator.Graph.TensorRole;

namespace Fused.Kernel.Tests.Lowering;

/// <summary>What a compiled model's constructor makes of its tensors: folded and laid out as the schedules say, by buffer.</summary>
internal sealed class PackedWeights(Dictionary<string, float[]> tensors, ImmutableDictionary<string, WeightLayout> layouts)
{
    public Dictionary<string, float[]> Of(ImmutableArray<PreparedWeights> prepared)
    {
        var arrays = new Dictionary<string, float[]>();
        foreach (PreparedWeights weights in prepared)
        {
            switch (weights)
            {
                case PreparedDense dense:
                    Add(dense, arrays);
                    break;
                case PreparedAffine affine:
                    arrays.Add(affine.Scale.Name, Values(Affine(affine.Node).PackScale(affine.Scale.Length)));
                    arrays.Add(affine.Shift.Name, Values(Affine(affine.Node).PackShift(affine.Shift.Length)));
                    break;
            }
        }

        return arrays;
    }

    private void Add(PreparedDense dense, Dictionary<string, float[]> arrays)
    {
        Node node = dense.Node;
        var parameters = new DenseParameters(
            Tensor(node, NodeRole.Kernel), Tensor(node, NodeRole.Bias), node.Input.Channels, node.Output.Channels);
        foreach (var (affine, run) in dense.InputFolds)
        {
            parameters.FoldInput(Affine(affine), run);
        }

        foreach (Node affine in dense.OutputFolds)
        {
            parameters.FoldOutput(Affine(affine));
        }

        WeightLayout layout = layouts[dense.Kernel.Name];
        arrays.Add(dense.Kernel.Name, Values(layout.IsTransposed ? parameters.PackTransposed() : parameters.PackPanels(layout.PanelWidth)));
        if (dense.Bias is { } bias)
        {
            arrays.Add(bias.Name, Values(parameters.PackBias(bias.Length)));
        }
    }

    private AffineParameters Affine(Node node) => AffineParameters.FromBatchNormalization(
        Tensor(node, NodeRole.Gamma), Tensor(node, NodeRole.Beta), Tensor(node, NodeRole.MovingMean), Tensor(node, NodeRole.MovingVariance),
        ((BatchNormalizationLayer)node.Layer).Epsilon);

    /// <summary>The tensor, or nothing where the layer has none of the role.</summary>
    private ReadOnlySpan<float> Tensor(Node node, NodeRole role) =>
        node.Parameters.FirstOrDefault(p => p.Role == role) is { } tensor ? tensors[tensor.Name] : default;

    private static float[] Values(AlignedBuffer buffer) => buffer.Span.ToArray();
}

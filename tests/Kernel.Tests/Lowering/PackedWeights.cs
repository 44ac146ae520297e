using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.InteropServices;
using Fused.CompilerServices;
using Fused.Generator.Computing;
using Fused.Generator.Graph;
using Fused.Generator.IR;
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
                case PreparedTensor tensor:
                    arrays.Add(tensor.Values.Name, Values(Constants.Pack(Tensor(tensor.Node, tensor.Role), tensor.Values.Length)));
                    break;
                case PreparedConstants constants:
                    arrays.Add(constants.Values.Name, Values(Constants.Pack([.. constants.Constants.Select(c => (float)c)], constants.Values.Length)));
                    break;
                case PreparedCounts counts:
                    arrays.Add(counts.Values.Name, Values(Reciprocals(counts.Node.Input, counts.Window)));
                    break;
                default:
                    throw new NotSupportedException(weights.GetType().Name);
            }
        }

        return arrays;
    }

    private void Add(PreparedDense dense, Dictionary<string, float[]> arrays)
    {
        Node node = dense.Node;
        var parameters = new DenseParameters(
            dense.Phase is { } phase ? Taps(dense, phase) : Tensor(node, dense.Role),
            dense.Bias is null ? default : Tensor(node, NodeRole.Bias), dense.Inputs, dense.Outputs);
        foreach (var (affine, run) in dense.InputFolds)
        {
            parameters.FoldInput(Affine(affine), run);
        }

        foreach (Node affine in dense.OutputFolds)
        {
            parameters.FoldOutput(Affine(affine));
        }

        if (dense.Rows is { } rows)
        {
            parameters.InterchangeInputs(rows.Outer, rows.Inner);
        }

        if (dense.WinogradSide is > 0 and var side)
        {
            AddMatrix(dense, new DenseParameters(WinogradParameters.Transform(parameters, side), default, dense.Kernel.Length / dense.Outputs, dense.Outputs), arrays);
        }
        else if (dense.HasMatrix)
        {
            AddMatrix(dense, parameters, arrays);
        }

        if (dense.Bias is { } bias)
        {
            arrays.Add(bias.Name, Values(parameters.PackBias(bias.Length)));
        }
    }

    private void AddMatrix(PreparedDense dense, DenseParameters parameters, Dictionary<string, float[]> arrays)
    {
        WeightLayout layout = layouts[dense.Kernel.Name];
        switch (dense.Kernel.Element)
        {
            case Generator.IR.ElementType.Float32:
                arrays.Add(dense.Kernel.Name, Values(layout.IsTransposed ? parameters.PackTransposed() : parameters.PackPanels(layout.PanelWidth)));
                break;
            case Generator.IR.ElementType.Float16:
                AddNarrow<Float16Format, short>(dense, layout, parameters, arrays);
                break;
            case Generator.IR.ElementType.BFloat16:
                AddNarrow<BFloat16Format, short>(dense, layout, parameters, arrays);
                break;
            default:
                AddNarrow<Int8Format, sbyte>(dense, layout, parameters, arrays);
                break;
        }
    }

    /// <summary>The taps of a transposed convolution's phase; where it has none, there is the bias alone.</summary>
    private float[] Taps(PreparedDense dense, KernelPhase phase) => !dense.HasMatrix ? new float[dense.Outputs] : TransposedParameters.Phase(
        Tensor(dense.Node, dense.Role), phase.KernelHeight, phase.KernelWidth, dense.Outputs, phase.Channels, phase.StrideHeight, phase.StrideWidth, phase.Row, phase.Column);

    private static AlignedBuffer Reciprocals(Shape input, Window window) => PoolingCounts.Reciprocals(
        input.Height, input.Width, window.Rows.Taps, window.Columns.Taps, window.Rows.Stride, window.Columns.Stride,
        window.Padding.Top, window.Padding.Left, window.Padding.Bottom, window.Padding.Right);

    /// <summary>Narrow elements as the numbers that their bits are as integers.</summary>
    private static void AddNarrow<TFormat, TElement>(
        PreparedDense dense, WeightLayout layout, DenseParameters parameters, Dictionary<string, float[]> arrays)
        where TFormat : struct, INarrowFormat<TElement>
        where TElement : unmanaged, INumber<TElement>
    {
        var specs = new TensorSpec[] { new("dense", Fused.TensorRole.Kernel, [dense.Inputs, dense.Outputs]) };
        var narrow = new NarrowDense<TFormat, TElement>(parameters, ModelWeights.Initialize(specs, seed: 1), 0);
        if (dense.Kernel.IsPairs)
        {
            arrays.Add(dense.Kernel.Name, [.. MemoryMarshal.Cast<TElement, short>(narrow.PackPairs(layout.PanelWidth).Span).ToArray().Select(pair => (float)pair)]);
            arrays.Add(dense.Scale!.Name, Values(narrow.PackScale(dense.Scale.Length)));
            return;
        }

        AlignedBuffer<TElement> packed = layout.IsTransposed ? narrow.PackTransposed() : narrow.PackPanels(layout.PanelWidth, layout.Interleave);
        arrays.Add(dense.Kernel.Name, [.. packed.Span.ToArray().Select(float.CreateChecked)]);
        if (dense.Scale is { } scale)
        {
            arrays.Add(scale.Name, Values(narrow.PackScale(scale.Length)));
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

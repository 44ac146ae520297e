using System.Collections.Immutable;
using Fused.Generator.Fusion;
using Fused.Generator.Graph;
using Fused.Generator.Scheduling;

namespace Fused.Generator.Emit;

/// <summary>Writes the part of the compiled model that prepares the loaded tensors for the kernels, and the fields that hold them.</summary>
internal sealed class WeightsEmitter(
    SourceWriter writer, NetworkGraph graph, ImmutableArray<PreparedWeights> weights, ImmutableArray<TargetPlan> plans)
{
    private const string Services = Header.RuntimeServices;

    private ImmutableArray<ParameterTensor> Tensors => [.. graph.Nodes.SelectMany(n => n.Parameters)];

    public void Fields()
    {
        foreach (Buffer buffer in weights.SelectMany(Buffers))
        {
            writer.Line($"public readonly {Services}AlignedBuffer {buffer.Name};");
        }
    }

    public void Constructor()
    {
        foreach (PreparedWeights prepared in weights)
        {
            switch (prepared)
            {
                case PreparedDense dense:
                    Dense(dense);
                    break;
                case PreparedAffine affine:
                    writer.Line();
                    writer.Comment($"{affine.Node.Name}: one scale and one shift for each channel.");
                    writer.Line($"{Services}AffineParameters {Local(affine.Scale)} = {Affine(affine.Node)};");
                    writer.Line($"{affine.Scale.Name} = {Local(affine.Scale)}.PackScale({Literals.Int(affine.Scale.Length)});");
                    writer.Line($"{affine.Shift.Name} = {Local(affine.Scale)}.PackShift({Literals.Int(affine.Shift.Length)});");
                    break;
            }
        }
    }

    private static IEnumerable<Buffer> Buffers(PreparedWeights prepared) => prepared switch
    {
        PreparedDense { Bias: null } dense => [dense.Kernel],
        PreparedDense dense => [dense.Kernel, dense.Bias],
        PreparedAffine affine => [affine.Scale, affine.Shift],
        _ => [],
    };

    private void Dense(PreparedDense dense)
    {
        Node node = dense.Node;
        string local = Local(dense.Kernel);
        writer.Line();
        writer.Comment($"{node.Name}: the kernel in the order in which this machine's kernels read it.");
        writer.Line($"{Services}DenseParameters {local} = new({Tensor(node, TensorRole.Kernel)}, {Optional(node, TensorRole.Bias)}, {Literals.Int(node.Input.Channels)}, {Literals.Int(node.Output.Channels)});");
        foreach (var (affine, run) in dense.InputFolds)
        {
            writer.Comment($"{affine.Name}, before it, goes into its kernel and bias.");
            writer.Line($"{local}.FoldInput({Affine(affine)}, {Literals.Int(run)});");
        }

        foreach (Node affine in dense.OutputFolds)
        {
            writer.Comment($"{affine.Name}, after it, goes into its kernel and bias.");
            writer.Line($"{local}.FoldOutput({Affine(affine)});");
        }

        Packed(dense.Kernel, local);
        if (dense.Bias is { } padded)
        {
            writer.Line($"{padded.Name} = {local}.PackBias({Literals.Int(padded.Length)});");
        }
    }

    /// <summary>One layout where all targets agree; else each target's, chosen as its kernels are.</summary>
    private void Packed(Buffer kernel, string local) => Dispatch.Write(
        writer,
        $"{kernel.Name} =",
        plans,
        plan => plan.WeightLayouts[kernel.Name] is { IsTransposed: false } panels
            ? $"{local}.PackPanels({Literals.Int(panels.PanelWidth)})"
            : $"{local}.PackTransposed()");

    private string Affine(Node node) =>
        $"{Services}AffineParameters.FromBatchNormalization({Optional(node, TensorRole.Gamma)}, {Optional(node, TensorRole.Beta)}, "
        + $"{Tensor(node, TensorRole.MovingMean)}, {Tensor(node, TensorRole.MovingVariance)}, {Literals.Double(((BatchNormalizationLayer)node.Layer).Epsilon)})";

    private string Optional(Node node, TensorRole role) => node.Parameters.Any(p => p.Role == role) ? Tensor(node, role) : "default";

    private string Tensor(Node node, TensorRole role) =>
        $"weights[{Literals.Int(Tensors.IndexOf(node.Parameters.First(p => p.Role == role)))}]";

    private static string Local(Buffer buffer) => buffer.Name.Substring(0, 1).ToLowerInvariant() + buffer.Name.Substring(1) + "Prepared";
}

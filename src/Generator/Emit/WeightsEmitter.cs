using System.Collections.Immutable;
using Fused.Generator.Computing;
using Fused.Generator.Fusion;
using Fused.Generator.Graph;
using Fused.Generator.IR;

namespace Fused.Generator.Emit;

/// <summary>
/// Writes how the loaded tensors are prepared for the kernels, and what holds them: fields of the compiled model for the CPU,
/// variables where a program is made for a GPU.
/// </summary>
/// <param name="writer">Where to.</param>
/// <param name="graph">The network.</param>
/// <param name="weights">What is prepared.</param>
internal abstract class WeightsEmitter(SourceWriter writer, NetworkGraph graph, ImmutableArray<PreparedWeights> weights)
{
    private const string Services = Header.RuntimeServices;

    private ImmutableArray<ParameterTensor> Tensors => [.. graph.Nodes.SelectMany(n => n.Parameters)];

    protected SourceWriter Writer => writer;

    /// <summary>What is prepared, in order.</summary>
    public IEnumerable<Buffer> Prepared => weights.SelectMany(Buffers);

    /// <summary>What says where a prepared buffer goes: <c>name =</c>, with a type where the name is new.</summary>
    protected abstract string Target(Buffer buffer);

    /// <summary>Writes that a matrix is packed.</summary>
    /// <param name="kernel">The matrix.</param>
    /// <param name="local">The variable that packs it.</param>
    protected abstract void Pack(Buffer kernel, string local);

    /// <summary>Writes the steps.</summary>
    public void Prepare()
    {
        foreach (PreparedWeights prepared in weights)
        {
            switch (prepared)
            {
                case PreparedDense dense:
                    Dense(dense);
                    break;
                case PreparedTensor tensor:
                    writer.Line();
                    writer.Comment($"{tensor.Node.Label}: as it is.");
                    writer.Line($"{Target(tensor.Values)} {Services}Constants.Pack({Tensor(tensor.Node, tensor.Role)}, {Literals.Int(tensor.Values.Length)});");
                    break;
                case PreparedConstants constants:
                    writer.Line();
                    writer.Comment($"{constants.Node.Label}: as declared.");
                    writer.Line($"{Target(constants.Values)} {Services}Constants.Pack([{string.Join(", ", constants.Constants.Select(c => Literals.Float((float)c)))}], {Literals.Int(constants.Values.Length)});");
                    break;
                case PreparedCounts counts:
                    Counts(counts);
                    break;
                case PreparedAffine affine:
                    writer.Line();
                    writer.Comment($"{affine.Node.Label}: one scale and one shift for each channel.");
                    writer.Line($"{Services}AffineParameters {Local(affine.Scale)} = {Affine(affine.Node)};");
                    writer.Line($"{Target(affine.Scale)} {Local(affine.Scale)}.PackScale({Literals.Int(affine.Scale.Length)});");
                    writer.Line($"{Target(affine.Shift)} {Local(affine.Scale)}.PackShift({Literals.Int(affine.Shift.Length)});");
                    break;
            }
        }
    }

    private static IEnumerable<Buffer> Buffers(PreparedWeights prepared) => prepared switch
    {
        PreparedDense dense => new[] { dense.HasMatrix ? dense.Kernel : null, dense.Scale, dense.Bias }.OfType<Buffer>(),
        PreparedAffine affine => [affine.Scale, affine.Shift],
        PreparedTensor tensor => [tensor.Values],
        PreparedConstants constants => [constants.Values],
        PreparedCounts counts => [counts.Values],
        _ => [],
    };

    private void Dense(PreparedDense dense)
    {
        Node node = dense.Node;
        string local = Local(dense.Kernel);
        writer.Line();
        writer.Comment($"{node.Label}: the kernel in the order in which this machine's kernels read it.");
        string kernel = Tensor(node, dense.Role);
        if (dense.Phase is { } phase)
        {
            kernel = local + "Taps";
            writer.Line($"float[] {kernel} = {(dense.HasMatrix ? Taps(dense, phase) : $"new float[{Literals.Int(dense.Outputs)}]")};");
        }

        writer.Line($"{Services}DenseParameters {local} = new({kernel}, {(dense.Bias is null ? "default" : Optional(node, TensorRole.Bias))}, {Literals.Int(dense.Inputs)}, {Literals.Int(dense.Outputs)});");
        foreach (var (affine, run) in dense.InputFolds)
        {
            writer.Comment($"{affine.Label}, before it, goes into its kernel and bias.");
            writer.Line($"{local}.FoldInput({Affine(affine)}, {Literals.Int(run)});");
        }

        foreach (Node affine in dense.OutputFolds)
        {
            writer.Comment($"{affine.Label}, after it, goes into its kernel and bias.");
            writer.Line($"{local}.FoldOutput({Affine(affine)});");
        }

        if (dense.Rows is { } rows)
        {
            writer.Comment("The inputs lie in another order than its rows: the map's, as it is in memory.");
            writer.Line($"{local}.InterchangeInputs({Literals.Int(rows.Outer)}, {Literals.Int(rows.Inner)});");
        }

        if (dense.WinogradSide is > 0 and var side)
        {
            string tiles = Stem(dense.Kernel) + "Elements";
            writer.Comment($"Its taps as the elements of transformed tiles, {WinogradChoice.Name(side)}.");
            writer.Line($"{Services}DenseParameters {tiles} = new({Services}WinogradParameters.Transform({local}, {Literals.Int(side)}), default, {Literals.Int(dense.Kernel.Length / dense.Outputs)}, {Literals.Int(dense.Outputs)});");
            Pack(dense.Kernel, tiles);
        }
        else if (dense.HasMatrix)
        {
            Pack(dense.Kernel, dense.Kernel.Element == ElementType.Float32 ? local : Narrow(dense));
        }

        if (dense.Scale is { } scale)
        {
            writer.Line($"{Target(scale)} {NarrowLocal(dense.Kernel)}.PackScale({Literals.Int(scale.Length)});");
        }

        if (dense.Bias is { } padded)
        {
            writer.Line($"{Target(padded)} {local}.PackBias({Literals.Int(padded.Length)});");
        }
    }

    /// <summary>What takes the taps of a phase out of a transposed convolution's kernel.</summary>
    private string Taps(PreparedDense dense, KernelPhase phase) => $"{Services}TransposedParameters.Phase({Tensor(dense.Node, dense.Role)}, "
        + string.Join(", ", new[]
        {
            phase.KernelHeight, phase.KernelWidth, dense.Outputs, phase.Channels, phase.StrideHeight, phase.StrideWidth, phase.Row, phase.Column,
        }.Select(n => Literals.Int(n))) + ")";

    private void Counts(PreparedCounts counts)
    {
        Window window = counts.Window;
        Shape input = counts.Node.Input;
        writer.Line();
        writer.Comment($"{counts.Node.Label}: what the sum under each window is divided by.");
        writer.Line($"{Target(counts.Values)} {Services}PoolingCounts.Reciprocals(" + string.Join(", ", new[]
        {
            input.Height, input.Width, window.Rows.Taps, window.Columns.Taps, window.Rows.Stride, window.Columns.Stride,
            window.Padding.Top, window.Padding.Left, window.Padding.Bottom, window.Padding.Right,
        }.Select(n => Literals.Int(n))) + ");");
    }

    /// <summary>Writes how a matrix is narrowed, after all has been folded in, and gives the variable that packs it.</summary>
    private string Narrow(PreparedDense dense)
    {
        Buffer kernel = dense.Kernel;
        string type = $"{Services}NarrowDense<{Services}{kernel.Element}Format, {Single(kernel)}>";
        writer.Comment($"Stored as {kernel.Element.ToString().ToLowerInvariant()}{(dense.Scale is null ? "" : ", with one scale for each output")}.");
        writer.Line($"{type} {NarrowLocal(kernel)} = new({Local(kernel)}, weights, {Literals.Int(Place(dense.Node, dense.Role))});");
        return NarrowLocal(kernel);
    }

    /// <summary>The type that holds one weight of a narrow matrix, also where kernels read pairs of them.</summary>
    protected static string Single(Buffer kernel) => SimdSyntax.Stored(kernel with { Loads = ScalarKind.Float32 });

    protected static string Packed(Buffer kernel, WeightLayout layout, string local) => layout switch
    {
        _ when kernel.IsPairs => $"{local}.PackPairs({Literals.Int(layout.PanelWidth)})",
        { IsTransposed: true } => $"{local}.PackTransposed()",
        { Interleave: 1 } => $"{local}.PackPanels({Literals.Int(layout.PanelWidth)})",
        _ => $"{local}.PackPanels({Literals.Int(layout.PanelWidth)}, interleave: {Literals.Int(layout.Interleave)})",
    };

    private string Affine(Node node) =>
        $"{Services}AffineParameters.FromBatchNormalization({Optional(node, TensorRole.Gamma)}, {Optional(node, TensorRole.Beta)}, "
        + $"{Tensor(node, TensorRole.MovingMean)}, {Tensor(node, TensorRole.MovingVariance)}, {Literals.Double(((BatchNormalizationLayer)node.Layer).Epsilon)})";

    private string Optional(Node node, TensorRole role) => node.Parameters.Any(p => p.Role == role) ? Tensor(node, role) : "default";

    private string Tensor(Node node, TensorRole role) =>
        $"weights[{Literals.Int(Place(node, role))}]";

    private int Place(Node node, TensorRole role) => Tensors.IndexOf(node.Parameters.First(p => p.Role == role));

    private static string Local(Buffer buffer) => Stem(buffer) + "Prepared";

    private static string NarrowLocal(Buffer buffer) => Stem(buffer) + "Narrow";

    private static string Stem(Buffer buffer) => buffer.Name.Substring(0, 1).ToLowerInvariant() + buffer.Name.Substring(1);
}

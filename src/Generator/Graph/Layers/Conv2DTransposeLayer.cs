using System.Collections.Immutable;
using System.Globalization;
using Fused.Generator.Diagnostics;

namespace Fused.Generator.Graph;

/// <summary>
/// A transposed convolution: each position of the input adds its channels times the kernel to a window of the output. The sizes are those of
/// Keras's <c>compute_conv_transpose_output_shape</c> without an output padding.
/// </summary>
/// <param name="Filters">The channels of the output.</param>
/// <param name="Rows">The window down the output; its stride is how far the windows of neighbouring positions are apart.</param>
/// <param name="Columns">The same across it.</param>
/// <param name="IsSame">Whether the output has exactly a stride for each position, what the windows write beyond being dropped.</param>
/// <param name="Activation">What is applied to the sums.</param>
/// <param name="UseBias">Whether a bias is added.</param>
/// <param name="DeclaredName">The declared name.</param>
internal sealed record Conv2DTransposeLayer(
    int Filters, WindowAxis Rows, WindowAxis Columns, bool IsSame, ActivationFunction Activation, bool UseBias, string? DeclaredName = null)
    : WeightedLayer(Activation, UseBias, DeclaredName)
{
    public override string Kind => "Conv2DTranspose";

    public override FusionPattern Pattern => FusionPattern.Window;

    public override bool IsNonNegative => Activation.IsNonNegative;

    /// <summary>Outputs at the edges have fewer taps, so that a shift of the input is not one of the output.</summary>
    public override bool TakesAffine(Shape input) => false;

    public override void Compute(IStageBuilder stages, Node node)
    {
        stages.ConvolveTransposed(Rows, Columns, Dropped.Top, Dropped.Left, node.Output, UseBias);
        Activation.Compute(stages);
    }

    public override IEnumerable<Problem> Check(Shape input) => [.. MapRule.Check(Kind, input), .. LastAxis.Check(this, Activation, input)];

    public override Shape InferShape(Shape input) => input with { Height = Length(Rows, input.Height), Width = Length(Columns, input.Width), Channels = Filters };

    public override ImmutableArray<ParameterTensor> Parameters(string name, Shape input) =>
        WithBias(name, Filters, ParameterTensor.Of(name, TensorRole.Kernel, Rows.Taps, Columns.Taps, Filters, input.Channels));

    /// <summary>What a window writes beyond the output counts too.</summary>
    public override long Flops(Shape input) =>
        (2L * input.Length * Rows.Taps * Columns.Taps * Filters) + (InferShape(input).Length * ((UseBias ? 1L : 0) + Activation.FlopsPerValue));

    /// <summary>
    /// How many rows, and columns, of what the windows write lie before the output: half of what "same" drops, the odd one at the end, since it is the transpose of
    /// the convolution that pads so. 0 where nothing is dropped.
    /// </summary>
    public (int Top, int Left) Dropped => (Before(Rows), Before(Columns));

    public override string Describe() => Describe($"{Filters.ToString(CultureInfo.InvariantCulture)}, {new Window(Rows, Columns, Margins.None)}");

    private int Before(WindowAxis axis) => IsSame ? Math.Max(0, axis.Taps - axis.Stride) / 2 : 0;

    private int Length(WindowAxis axis, int size) =>
        Limits.Saturate(IsSame ? (long)size * axis.Stride : ((size - 1L) * axis.Stride) + Math.Max(axis.Taps, axis.Stride));
}

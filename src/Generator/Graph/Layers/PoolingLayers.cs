using System.Globalization;
using Fused.Generator.Diagnostics;

namespace Fused.Generator.Graph;

/// <summary>One number of a window of each channel, in either layout.</summary>
internal abstract record PoolingLayer(DeclaredWindow Window, string? DeclaredName) : Layer(DeclaredName)
{
    public override FusionPattern Pattern => FusionPattern.Window;

    public override IEnumerable<Problem> Check(Shape input) => Window.Check(Kind, input);

    public override Shape InferShape(Shape input) => Window.On(input).Output(input);

    public override Margins Reach(Shape input) => Window.On(input).Padding;

    public override string Describe() => $"{Kind}({Window})";
}

/// <summary>The maximum of a window; padding is minus infinity.</summary>
internal sealed record MaxPooling2DLayer(DeclaredWindow Window, string? DeclaredName = null) : PoolingLayer(Window, DeclaredName)
{
    public override string Kind => "MaxPooling2D";

    /// <summary>A window of n positions takes n - 1 comparisons.</summary>
    public override long Flops(Shape input) => (Window.Taps - 1L) * InferShape(input).Length;

    public override float ReachValue => float.NegativeInfinity;

    public override void Compute(IStageBuilder stages, Node node) => stages.ReduceWindows(Window.On(node.Input), PoolingKind.Maximum);
}

/// <summary>The mean of a window.</summary>
/// <param name="Window">The window.</param>
/// <param name="CountIncludePad">Whether padding counts, as zeros; where not, the mean is that of the positions inside the map.</param>
/// <param name="DeclaredName">The declared name.</param>
internal sealed record AveragePooling2DLayer(DeclaredWindow Window, bool CountIncludePad, string? DeclaredName = null) : PoolingLayer(Window, DeclaredName)
{
    public override string Kind => "AveragePooling2D";

    /// <summary>A window of n positions takes n - 1 additions and a division.</summary>
    public override long Flops(Shape input) => (long)Window.Taps * InferShape(input).Length;

    public override void Compute(IStageBuilder stages, Node node) =>
        stages.ReduceWindows(Window.On(node.Input), CountIncludePad ? PoolingKind.MeanOfAll : PoolingKind.Mean);
}

/// <summary>
/// Pooling to a size: output i along a direction is made of the positions from floor(i * in / out) to ceil((i + 1) * in / out), as in
/// PyTorch's <c>AdaptiveAvgPool2d</c>.
/// </summary>
internal abstract record AdaptivePooling2DLayer(int OutputHeight, int OutputWidth, string? DeclaredName) : Layer(DeclaredName)
{
    public override FusionPattern Pattern => FusionPattern.Window;

    public override IEnumerable<Problem> Check(Shape input) => MapRule.Check(Kind, input);

    public override Shape InferShape(Shape input) => input with { Height = OutputHeight, Width = OutputWidth };

    /// <summary>The first position of output <paramref name="i"/>.</summary>
    public static int Start(int i, int input, int output) => (int)((long)i * input / output);

    /// <summary>The position behind the last one of output <paramref name="i"/>.</summary>
    public static int End(int i, int input, int output) => (int)((((i + 1L) * input) + output - 1) / output);

    /// <summary>
    /// The values that all outputs read together. Along a direction these are in + out - gcd(in, out) positions: each output ends where the
    /// next one begins, or one position behind it where out does not divide (i + 1) * in, which it does gcd(in, out) times.
    /// </summary>
    protected long Read(Shape input) => Covered(input.Height, OutputHeight) * Covered(input.Width, OutputWidth) * input.Channels;

    public override string Describe() => string.Format(CultureInfo.InvariantCulture, "{0}({1} x {2})", Kind, OutputHeight, OutputWidth);

    private static long Covered(long input, long output)
    {
        (long a, long b) = (input, output);
        while (b != 0)
            (a, b) = (b, a % b);

        return input + output - a;
    }
}

/// <summary>Means, to a size.</summary>
internal sealed record AdaptiveAveragePooling2DLayer(int OutputHeight, int OutputWidth, string? DeclaredName = null)
    : AdaptivePooling2DLayer(OutputHeight, OutputWidth, DeclaredName)
{
    public override string Kind => "AdaptiveAveragePooling2D";

    /// <summary>n - 1 additions and a division for n values.</summary>
    public override long Flops(Shape input) => Read(input);

    public override void Compute(IStageBuilder stages, Node node) => stages.ReduceToSize(OutputHeight, OutputWidth, PoolingKind.Mean);
}

/// <summary>Maxima, to a size.</summary>
internal sealed record AdaptiveMaxPooling2DLayer(int OutputHeight, int OutputWidth, string? DeclaredName = null)
    : AdaptivePooling2DLayer(OutputHeight, OutputWidth, DeclaredName)
{
    public override string Kind => "AdaptiveMaxPooling2D";

    /// <summary>n - 1 comparisons for n values.</summary>
    public override long Flops(Shape input) => Read(input) - InferShape(input).Length;

    public override void Compute(IStageBuilder stages, Node node) => stages.ReduceToSize(OutputHeight, OutputWidth, PoolingKind.Maximum);
}

/// <summary>The maxima of all channels, then their means, to a size; <see cref="AdaptiveConcatPooling2DLayer"/> makes a vector of them.</summary>
internal sealed record AdaptiveConcatPooling2DMapLayer(int OutputHeight, int OutputWidth, string? DeclaredName = null)
    : AdaptivePooling2DLayer(OutputHeight, OutputWidth, DeclaredName)
{
    public override string Kind => "AdaptiveConcatPooling2D";

    public override Shape InferShape(Shape input) => base.InferShape(input) with { Channels = 2 * input.Channels };

    public override long Flops(Shape input) => (2 * Read(input)) - base.InferShape(input).Length;

    public override void Compute(IStageBuilder stages, Node node) => stages.ReduceToSize(OutputHeight, OutputWidth, PoolingKind.Maximum, PoolingKind.Mean);
}

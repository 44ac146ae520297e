using System.Collections.Immutable;
using System.Globalization;
using Fused.Generator.Diagnostics;

namespace Fused.Generator.Graph;

/// <summary>
/// A convolution that moves a window over the input: activation(sum of a window, weighted + bias), in either layout. A softmax as the activation is over the filters.
/// </summary>
internal abstract record ConvolutionLayer(DeclaredWindow Window, ActivationFunction Activation, bool UseBias, string? DeclaredName)
    : WeightedLayer(Activation, UseBias, DeclaredName)
{
    public override FusionPattern Pattern => FusionPattern.Window;

    public override bool IsNonNegative => Activation.IsNonNegative;

    /// <summary>Channels have unit stride in the kernel, however they lie in the input.</summary>
    public override int ChannelRun(int run, Shape input) => 1;

    /// <summary>Only a convolution of all channels does, and none that pads with zeros.</summary>
    public override bool TakesAffine(Shape input) => false;

    public override Margins Reach(Shape input) => Window.On(input).Padding;

    public override IEnumerable<Problem> Check(Shape input) =>
        [.. Window.Check(Kind, input), .. LastAxis.Check(this, Activation, input)];

    public override Shape InferShape(Shape input) => Window.On(input).Output(input) with { Channels = OutputChannels(input) };

    /// <summary>The channels of the output.</summary>
    protected abstract int OutputChannels(Shape input);

    /// <summary>The multiply-adds of one position of the output.</summary>
    protected abstract long MultiplyAdds(Shape input);

    public override long Flops(Shape input)
    {
        Shape output = InferShape(input);
        return (output.Positions * 2L * MultiplyAdds(input)) + (output.Length * ((UseBias ? 1L : 0) + Activation.FlopsPerValue));
    }

    public override string Describe() => Describe(Window.ToString());

    protected static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Each filter weights a window of all channels, or of those of its group.</summary>
/// <param name="Filters">The channels of the output.</param>
/// <param name="Window">The window.</param>
/// <param name="Groups">Into how many groups channels and filters are divided; it divides the filters.</param>
/// <param name="Activation">What is applied to the sums.</param>
/// <param name="UseBias">Whether a bias is added.</param>
/// <param name="DeclaredName">The declared name.</param>
internal sealed record Conv2DLayer(int Filters, DeclaredWindow Window, int Groups, ActivationFunction Activation, bool UseBias, string? DeclaredName = null)
    : ConvolutionLayer(Window, Activation, UseBias, DeclaredName)
{
    public override string Kind => "Conv2D";

    public override IEnumerable<Problem> Check(Shape input) =>
        input is { IsVector: false } && input.Channels % Groups != 0
            ? [.. base.Check(input), GroupRule.Problem(Groups, $"{Numbers.Count(input.Channels)} channels of its input {input}")]
            : base.Check(input);

    public override ImmutableArray<ParameterTensor> Parameters(string name, Shape input) => WithBias(
        name, OutputChannels(input), ParameterTensor.Of(name, TensorRole.Kernel, Window.Rows.Taps, Window.Columns.Taps, input.Channels / Groups, Filters));

    protected override int OutputChannels(Shape input) => Filters;

    protected override long MultiplyAdds(Shape input) => (long)Window.Taps * (input.Channels / Groups) * Filters;

    public override bool TakesAffine(Shape input) => Groups == 1 && Window.On(input).Padding.IsNone;

    public override void Compute(IStageBuilder stages, Node node)
    {
        stages.Convolve(Window.On(node.Input), Filters, Groups, UseBias);
        Activation.Compute(stages);
    }

    public override string Describe() =>
        Describe($"{Text(Filters)}, {Window}{(Groups == 1 ? "" : ", " + Text(Groups) + " groups")}");
}

/// <summary>Windows of each channel by themselves: channel c gives the outputs c * multiplier to c * multiplier + multiplier - 1.</summary>
/// <param name="Window">The window.</param>
/// <param name="DepthMultiplier">The outputs that are made of each channel.</param>
/// <param name="Activation">What is applied to the sums.</param>
/// <param name="UseBias">Whether a bias is added.</param>
/// <param name="DeclaredName">The declared name.</param>
internal sealed record DepthwiseConv2DLayer(DeclaredWindow Window, int DepthMultiplier, ActivationFunction Activation, bool UseBias, string? DeclaredName = null)
    : ConvolutionLayer(Window, Activation, UseBias, DeclaredName)
{
    public override string Kind => "DepthwiseConv2D";

    public override ImmutableArray<ParameterTensor> Parameters(string name, Shape input) => WithBias(
        name, OutputChannels(input), ParameterTensor.Of(name, TensorRole.DepthwiseKernel, Window.Rows.Taps, Window.Columns.Taps, input.Channels, DepthMultiplier));

    protected override int OutputChannels(Shape input) => Limits.Saturate((long)input.Channels * DepthMultiplier);

    protected override long MultiplyAdds(Shape input) => (long)Window.Taps * input.Channels * DepthMultiplier;

    public override void Compute(IStageBuilder stages, Node node)
    {
        stages.ConvolveChannels(Window.On(node.Input), DepthMultiplier, UseBias, ends: true);
        Activation.Compute(stages);
    }

    public override string Describe() => Describe($"{Window}{(DepthMultiplier == 1 ? "" : ", multiplier " + Text(DepthMultiplier))}");
}

/// <summary>A depthwise convolution without bias and activation, then a product of all its channels at each position, with both.</summary>
/// <param name="Filters">The channels of the output.</param>
/// <param name="Window">The window of the depthwise convolution.</param>
/// <param name="DepthMultiplier">The channels that the depthwise convolution makes of each channel.</param>
/// <param name="Activation">What is applied to the sums.</param>
/// <param name="UseBias">Whether a bias is added.</param>
/// <param name="DeclaredName">The declared name.</param>
internal sealed record SeparableConv2DLayer(
    int Filters, DeclaredWindow Window, int DepthMultiplier, ActivationFunction Activation, bool UseBias, string? DeclaredName = null)
    : ConvolutionLayer(Window, Activation, UseBias, DeclaredName)
{
    public override string Kind => "SeparableConv2D";

    /// <summary>What lies between the two convolutions has to fit as any sample has.</summary>
    public override IEnumerable<Problem> Check(Shape input)
    {
        ImmutableArray<Problem> problems = [.. base.Check(input)];
        return !problems.IsEmpty || Between(input) is not { Fits: false } between ? problems
            : [new Problem(Descriptors.SampleTooLarge, ["The depthwise part of " + Kind, between.ToString(), Numbers.Count(Limits.MaxValues)])];
    }

    public override ImmutableArray<ParameterTensor> Parameters(string name, Shape input) => WithBias(
        name,
        OutputChannels(input),
        ParameterTensor.Of(name, TensorRole.DepthwiseKernel, Window.Rows.Taps, Window.Columns.Taps, input.Channels, DepthMultiplier),
        ParameterTensor.Of(name, TensorRole.PointwiseKernel, 1, 1, Between(input).Channels, Filters));

    /// <summary>The shape of the depthwise convolution's output.</summary>
    public Shape Between(Shape input) =>
        Window.On(input).Output(input) with { Channels = Limits.Saturate((long)input.Channels * DepthMultiplier) };

    protected override int OutputChannels(Shape input) => Filters;

    public override void Compute(IStageBuilder stages, Node node)
    {
        stages.ConvolveChannels(Window.On(node.Input), DepthMultiplier, useBias: false, ends: false);
        stages.Convolve(Generator.Graph.Window.Pointwise, Filters, groups: 1, UseBias, TensorRole.PointwiseKernel);
        Activation.Compute(stages);
    }

    protected override long MultiplyAdds(Shape input)
    {
        long channels = Between(input).Channels;
        return channels * (Window.Taps + (long)Filters);
    }

    public override string Describe() =>
        Describe($"{Text(Filters)}, {Window}{(DepthMultiplier == 1 ? "" : ", multiplier " + Text(DepthMultiplier))}");
}

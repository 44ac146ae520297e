using System.Collections.Immutable;
using Fused.Generator.Diagnostics;

namespace Fused.Generator.Graph;

/// <summary>x * scale + offset, by constants for all channels or for each.</summary>
/// <param name="Scales">The factors, one or as many as channels.</param>
/// <param name="Offsets">What is added, one or as many as channels.</param>
/// <param name="DeclaredName">The declared name.</param>
internal sealed record RescalingLayer(EquatableArray<double> Scales, EquatableArray<double> Offsets, string? DeclaredName = null) : Layer(DeclaredName)
{
    public override string Kind => "Rescaling";

    public override FusionPattern Pattern => FusionPattern.Elementwise;

    public override IEnumerable<Problem> Check(Shape input) =>
    [
        .. ChannelConstants.Check(Kind, "scales", Scales, input, "scale"),
        .. ChannelConstants.Check(Kind, "offsets", Offsets, input, "Offsets"),
    ];

    public override Shape InferShape(Shape input) => input;

    public override long Flops(Shape input) => 2L * input.Length;

    public override void Compute(IStageBuilder stages, Node node) => stages.ScaleAndShift(Scales, Offsets);
}

/// <summary>(x - mean) / max(sqrt(variance), 1e-7), by constants for all channels or for each, as Keras's adapted <c>Normalization</c>.</summary>
/// <param name="Mean">The means, one or as many as channels.</param>
/// <param name="Variance">The variances, one or as many as channels.</param>
/// <param name="DeclaredName">The declared name.</param>
internal sealed record NormalizationLayer(EquatableArray<double> Mean, EquatableArray<double> Variance, string? DeclaredName = null) : Layer(DeclaredName)
{
    /// <summary>The least deviation that is divided by: Keras's <c>backend.epsilon()</c>.</summary>
    public const double LeastDeviation = 1e-7;

    public override string Kind => "Normalization";

    public override FusionPattern Pattern => FusionPattern.Elementwise;

    public override IEnumerable<Problem> Check(Shape input) =>
    [
        .. ChannelConstants.Check(Kind, "means", Mean, input, "mean"),
        .. ChannelConstants.Check(Kind, "variances", Variance, input, "variance"),
    ];

    public override Shape InferShape(Shape input) => input;

    public override long Flops(Shape input) => 2L * input.Length;

    public override void Compute(IStageBuilder stages, Node node)
    {
        ImmutableArray<double> scales = [.. Variance.Select(variance => 1 / Math.Max(Math.Sqrt(variance), LeastDeviation))];
        int count = Math.Max(Mean.Count, scales.Length);
        stages.ScaleAndShift(
            scales.ToEquatableArray(), Enumerable.Range(0, count).Select(i => -Mean[i % Mean.Count] * scales[i % scales.Length]).ToEquatableArray());
    }
}

/// <summary>The rule of constants for the channels: one for all, or one for each.</summary>
internal static class ChannelConstants
{
    public static IEnumerable<Problem> Check(string kind, string what, EquatableArray<double> constants, Shape input, string argument)
    {
        if (constants.Count != 1 && constants.Count != input.Channels)
        {
            yield return new Problem(
                Descriptors.ConstantCount, [kind, Numbers.Count(constants.Count), what, input.ToString(), Numbers.Count(input.Channels)], At: argument);
        }
    }
}

using System.Collections.Immutable;
using Fused.Generator.Computing;
using Fused.Generator.Fusion;
using Fused.Generator.Graph;
using Fused.Generator.IR;
using Fused.Generator.Inference;

namespace Fused.Generator.Tests.Graph;

/// <summary>What an image's values are multiplied and shifted by costs no pass over the image: it is done as they are read.</summary>
public class InputScalingTests
{
    private const string Rescaled = "Rescaling(1 / 127.5, Offset = -1), ", Normalized = "Normalization(new double[] { 124, 116, 104 }, new double[] { 3410, 3262, 3292 }), ";

    [Theory]
    [InlineData("9, 10, 3", Rescaled, "Conv2D(8, 3, Padding = Padding.Same)")]
    [InlineData("9, 10, 3", Normalized, "Conv2D(8, 3, Strides = 2, Padding = Padding.Same)")]
    [InlineData("9, 10, 3", Rescaled + Normalized, "Conv2D(8, 3, Padding = Padding.Same)")]
    [InlineData("9, 10, 3", Rescaled, "ZeroPadding2D(3), Conv2D(8, 7, Strides = 2)")]
    [InlineData("9, 10, 3", Rescaled, "DepthwiseConv2D(3, Padding = Padding.Same)")]
    [InlineData("9, 10, 3", Normalized, "MaxPooling2D(3, Padding = Padding.Same)")]
    [InlineData("9, 10, 3", Rescaled, "Conv2D(8, 3)")]
    [InlineData("8, 8, 3", Normalized, "GlobalAveragePooling2D, Dense(2)")]
    [InlineData("3, 8, 8, Layout = DataLayout.ChannelsFirst", Rescaled, "GlobalAveragePooling2D, Dense(2)")]
    [InlineData("3, 9, 10, Layout = DataLayout.ChannelsFirst", Normalized, "Conv2D(8, 3, Padding = Padding.Same)")]
    public void An_image_is_scaled_as_it_is_read(string input, string scaling, string layers)
    {
        (FusionPlan plain, ImmutableArray<Stage> unscaled) = Compute(input, layers);
        (FusionPlan plan, ImmutableArray<Stage> stages) = Compute(input, scaling + layers);

        Assert.Equal(unscaled.Select(stage => stage.Name), stages.Select(stage => stage.Name));
        Assert.Equal(plain.Groups.Length, plan.Groups.Length);
        Assert.IsType<Load>(Assert.Single(OfInput(unscaled)));
        Assert.IsNotType<Load>(Assert.Single(OfInput(stages)));
    }

    /// <summary>A product reads its inputs once for each panel of weights: they are scaled once, as bytes are made floats for it.</summary>
    [Fact]
    public void A_product_reads_a_row_that_was_scaled_once()
    {
        (_, ImmutableArray<Stage> stages) = Compute("784", Rescaled + Normalized.Replace("124, 116, 104", "124", StringComparison.Ordinal).Replace("3410, 3262, 3292", "3410", StringComparison.Ordinal) + "Dense(10)");

        Assert.IsNotType<Load>(Assert.Single(OfInput(stages)));
        Assert.Equal("prepared", stages[0].Name);
    }

    private static (FusionPlan Plan, ImmutableArray<Stage> Stages) Compute(string input, string layers)
    {
        NetworkGraph graph = ShapeInference.Build(
            Compilations.Parse($"using Fused; [FusedModel, Input({input}, Type = ElementType.UInt8), {layers}] partial class Head;").Spec!).Graph!;
        FusionPlan plan = Fuser.Run(graph);
        return (plan, [.. Computation.Of(graph, plan, rows: 1).Groups.SelectMany(group => group.Stages)]);
    }

    /// <summary>What is made of values of the input, by each stage that reads them.</summary>
    private static IEnumerable<Expr> OfInput(ImmutableArray<Stage> stages)
    {
        foreach (Stage stage in stages)
        {
            foreach (Expr value in stage.Writes.Select(write => write.Value).Concat(stage.Reductions.Select(reduction => reduction.Body)))
            {
                var found = new InputReads();
                found.Rewrite(value);
                if (found.Any)
                    yield return value;
            }
        }
    }

    private sealed class InputReads : Rewriter
    {
        public bool Any { get; private set; }

        public override Expr Rewrite(Expr expr)
        {
            Any |= expr is Load { Buffer.Scope: BufferScope.Input };
            return base.Rewrite(expr);
        }
    }
}

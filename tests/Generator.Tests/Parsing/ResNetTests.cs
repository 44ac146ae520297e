using System.Collections.Immutable;
using Fused.Generator.Analyzers;
using Fused.Generator.Graph;
using Fused.Generator.Inference;
using Fused.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Fused.Generator.Tests.Parsing;

/// <summary>A whole network, declared in few lines.</summary>
public class ResNetTests
{
    [Fact]
    public void ResNet50_takes_less_than_60_lines() =>
        Assert.InRange(BlockDeclarations.ResNet50.Split('\n').Length, 1, 59);

    /// <summary>As Keras's model.summary() and count_params() have them.</summary>
    [Fact]
    public async Task It_is_the_network_that_Keras_has()
    {
        CSharpCompilation compilation = Compilations.Create(BlockDeclarations.ResNet50);
        ModelSpec spec = Compilations.Parse(compilation, "ResNet50").Spec!;
        NetworkGraph graph = ShapeInference.Build(spec).Graph!;

        Assert.Equal(25_636_712, graph.ParameterCount);
        Assert.Equal(53, graph.Nodes.Count(node => node.Layer is Conv2DLayer));
        Assert.Equal(16, graph.Nodes.Count(node => node.Layer is AddLayer));
        Assert.Equal(Shape.Vector(1000), graph.Output);
        Assert.Equal(Shape.Map(56, 56, 256), Output("conv2_block3.out"));
        Assert.Equal(Shape.Map(28, 28, 512), Output("conv3_block1.0_conv"));
        Assert.Equal(Shape.Map(14, 14, 256), Output("conv4_block6.2_relu"));
        Assert.Equal(Shape.Map(7, 7, 2048), Output("conv5_block3.out"));
        Assert.Equal("conv5_block3.1_conv.kernel", graph.Nodes.Single(node => node.Name == "conv5_block3.1_conv").Parameters[0].Name);

        ImmutableArray<Diagnostic> found = await compilation.WithAnalyzers([new FusedModelAnalyzer()]).GetAnalyzerDiagnosticsAsync(CancellationToken.None);
        Assert.Empty(found);

        Shape Output(string name) => graph.Nodes.Single(node => node.Name == name).Output;
    }
}

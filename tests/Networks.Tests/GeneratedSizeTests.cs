using Fused.Generator;
using Fused.Generator.Collections;
using Fused.Testing.Compiling;
using Fused.Testing.Networks.Real;

namespace Fused.Networks.Tests;

/// <summary>How much code is generated for networks that people use: what the C# compiler reads, and a user who looks.</summary>
public sealed class GeneratedSizeTests
{
    private const int LongestLine = 120;

    /// <summary>
    /// Lines for all four widths of vectors together, for images of the network's own size. Equal convolutions are one kernel: ResNet-50 has 53 of
    /// 21 kinds, and without that three times as many lines. docs/performance.md has the table.
    /// </summary>
    [Theory]
    [InlineData("MobileNetV1", 16_000)]
    [InlineData("ResNet50", 26_000)]
    public void Stays_within_its_budget(string name, int budget)
    {
        string[] lines = [.. Generate(name).SelectMany(file => file.Source.Split('\n'))];

        Assert.InRange(lines.Length, budget / 2, budget);
    }

    /// <summary>No line of a kernel is longer than a screen is wide; names and texts of the user's may be.</summary>
    [Theory]
    [InlineData("MobileNetV1")]
    [InlineData("ResNet50")]
    public void Kernels_have_no_long_lines(string name) => Assert.All(
        Generate(name).Where(file => file.HintName.Contains("Vector", StringComparison.Ordinal)).SelectMany(file => file.Source.Split('\n')),
        line => Assert.InRange(line.Length, 0, LongestLine));

    private static EquatableArray<GeneratedFile> Generate(string name)
    {
        KnownNetwork known = RealNetworks.All.Single(n => n.Name == name);
        RealNetwork network = known.Of(known.Size);
        return Compiler.Run(ModelCompiler.Parse(network.Name, network.Source)!, CancellationToken.None).Files;
    }
}

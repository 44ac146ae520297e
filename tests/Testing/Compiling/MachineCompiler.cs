using System.Collections.Immutable;
using System.Runtime.Intrinsics;
using Fused.Generator;
using Fused.Generator.Graph;
using Fused.Generator.Inference;
using Fused.Generator.Model;
using Fused.Generator.Scheduling;
using Fused.Testing.Networks.Real;

namespace Fused.Testing.Compiling;

/// <summary>
/// Compiles whole networks for the vectors of this machine alone, and for machines without any, which the choice among targets ends with:
/// a network has a hundred kernels for each target, and here nobody calls the others.
/// </summary>
internal static class MachineCompiler
{
    /// <summary>The network whose shapes the declaration has.</summary>
    /// <exception cref="InvalidOperationException">The declaration is wrong: says why.</exception>
    public static NetworkGraph Graph(RealNetwork network)
    {
        GraphResult result = ShapeInference.Build(Spec(network));
        return result.Graph
            ?? throw new InvalidOperationException($"{network}: {string.Join('\n', result.Problems.Select(found => $"layer {found.Layer}: {found.Problem}"))}");
    }

    /// <summary>What the generator writes of a network for some targets.</summary>
    public static ImmutableArray<GeneratedFile> Generate(RealNetwork network, params IReadOnlyList<Target> targets) =>
        TargetCompiler.Generate(Spec(network), targets);

    /// <summary>The network's class, compiled and loaded.</summary>
    /// <exception cref="InvalidOperationException">The compiler reports a warning or an error.</exception>
    public static ModelType Compile(RealNetwork network) => ModelCompiler.Load(
        ModelCompiler.Compile(network.Source, Generate(network, Machine, Target.Scalar).Select(file => file.Source)))(network.Name);

    /// <summary>The target that generated code chooses on this machine.</summary>
    public static Target Machine { get; } =
        Vector512.IsHardwareAccelerated ? Target.Vector512 : Vector256.IsHardwareAccelerated ? Target.Vector256 : Target.Vector128;

    private static ModelSpec Spec(RealNetwork network) => ModelCompiler.Parse(network.Name, network.Source)
        ?? throw new InvalidOperationException($"{network} is declared wrongly:\n{network.Source}");
}

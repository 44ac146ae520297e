using System.Collections.Immutable;
using System.Reflection;
using Fused.Generator;
using Fused.Generator.Emit;
using Fused.Generator.Fusion;
using Fused.Generator.Graph;
using Fused.Generator.Inference;
using Fused.Generator.Model;
using Fused.Generator.Planning;
using Fused.Generator.Planning.Gpu;
using Fused.Generator.Scheduling;
using Fused.Testing.Networks;

namespace Fused.Testing.Compiling;

/// <summary>
/// Compiles networks for some targets only: C#'s compiler takes most of the time that networks of windows take, as long for a target that
/// nobody calls as for any other.
/// </summary>
internal static class TargetCompiler
{
    /// <summary>What generated code chooses among on this machine, and in processes in which some of its instructions are switched off.</summary>
    public static ImmutableArray<Target> MachineAndNarrower { get; } = [.. Target.Cpu.Where(target => target.Lanes <= MachineCompiler.Machine.Lanes)];

    /// <summary>The image of one assembly with all the networks.</summary>
    /// <param name="networks">The networks.</param>
    /// <param name="targets">For which targets, the widest first; the last one is for all machines that have none of the others.</param>
    /// <exception cref="InvalidOperationException">One is declared wrongly, or the compiler reports a warning or an error.</exception>
    public static byte[] Compile(IReadOnlyCollection<Network> networks, IReadOnlyList<Target> targets) => ModelCompiler.Compile(
        string.Concat(networks.Select(n => n.Source)),
        ModelCompiler.Parse(networks).SelectMany(spec => Generate(spec, targets)).Select(file => file.Source));

    /// <summary>The same with kernels for GPUs, for a project that references what these need.</summary>
    public static byte[] CompileForGpus(IReadOnlyCollection<Network> networks, IReadOnlyList<Target> targets, params Assembly[] references) => ModelCompiler.Compile(
        string.Concat(networks.Select(n => n.Source)),
        ModelCompiler.Parse(networks).SelectMany(spec => Generate(spec, targets).Add(GenerateForGpus(spec))).Select(file => file.Source),
        references);

    /// <summary>What the generator writes of a model for GPUs.</summary>
    public static GeneratedFile GenerateForGpus(ModelSpec spec)
    {
        NetworkGraph graph = ShapeInference.Build(spec).Graph!;
        GpuPlan plan = GpuPlanner.Run(graph with { Weights = Generator.IR.ElementType.Float32 }, Fuser.Run(graph));
        return new GeneratedFile($"{spec.TypeName}.Gpu", GpuProgramEmitter.Emit(spec, graph, plan));
    }

    /// <summary>What the generator writes of a model for some targets.</summary>
    /// <param name="spec">The model.</param>
    /// <param name="targets">For which targets, the widest first.</param>
    public static ImmutableArray<GeneratedFile> Generate(ModelSpec spec, IReadOnlyList<Target> targets)
    {
        NetworkGraph graph = ShapeInference.Build(spec).Graph!;
        FusionPlan fusion = Compiler.Fuse(graph);
        ImmutableArray<TargetPlan> plans = [.. targets.Select(target => Planner.Run(graph, fusion, target))];
        return
        [
            new GeneratedFile(spec.TypeName, ModelEmitter.Emit(spec, graph, fusion, plans)),
            .. plans.Select(plan => new GeneratedFile($"{spec.TypeName}.{plan.Target.Name}", KernelsEmitter.Emit(spec, plan))),
        ];
    }
}

using System.Collections.Immutable;
using Fused.Generator.Emit;
using Fused.Generator.Fusion;
using Fused.Generator.Graph;
using Fused.Generator.IR;
using Fused.Generator.Model;
using Fused.Generator.Scheduling;
using Fused.Generator.Scheduling.Gpu;

namespace Fused.Generator;

/// <summary>A generated file.</summary>
internal sealed record GeneratedFile(string HintName, string Source);

/// <summary>The stages after parsing, in order: graph, fusion, schedules and kernels for each target, source text.</summary>
internal static class Compiler
{
    /// <summary>The files of a model; none where its declaration does not describe a network, which the analyzer reports.</summary>
    public static ImmutableArray<GeneratedFile> Run(ModelSpec spec, CancellationToken cancellation)
    {
        if (spec.Labels is { Fault: not null } || ShapeInference.Build(spec).Graph is not { } graph)
        {
            return [];
        }

        FusionPlan fusion = spec.Surroundings.HasFusion ? Fuser.Run(graph) : Fuser.LayerByLayer(graph);
        var plans = ImmutableArray.CreateBuilder<TargetPlan>();
        foreach (Target target in Target.Cpu)
        {
            cancellation.ThrowIfCancellationRequested();
            plans.Add(Planner.Run(graph, fusion, target));
        }

        return
        [
            new GeneratedFile(spec.HintName, ModelEmitter.Emit(spec, graph, fusion, plans.ToImmutable())),
            .. spec.Labels is { } labels ? [new GeneratedFile(FileName(spec, "Labels"), LabelsEmitter.Emit(spec, labels))] : Array.Empty<GeneratedFile>(),
            .. plans.Select(p => new GeneratedFile(FileName(spec, p.Target.Name), KernelsEmitter.Emit(spec, p))),
            // How a GPU stores the weights is its options' to say; its launches are worth so much that it is always fused.
            .. spec.Surroundings.HasGpu
                ? [new GeneratedFile(FileName(spec, "Gpu"), GpuProgramEmitter.Emit(spec, graph, GpuPlanner.Run(graph with { Weights = ElementType.Float32 }, Fuser.Run(graph))))]
                : Array.Empty<GeneratedFile>(),
        ];
    }

    /// <summary>Shop.Head.g.cs to Shop.Head.Vector512.g.cs.</summary>
    private static string FileName(ModelSpec spec, string target)
    {
        const string Ending = ".g.cs";
        return spec.HintName.Substring(0, spec.HintName.Length - Ending.Length) + "." + target + Ending;
    }
}

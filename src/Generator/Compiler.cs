using System.Collections.Immutable;
using Fused.Generator.Diagnostics;
using Fused.Generator.Emit;
using Fused.Generator.Fusion;
using Fused.Generator.Graph;
using Fused.Generator.IR;
using Fused.Generator.Inference;
using Fused.Generator.Model;
using Fused.Generator.Planning;
using Fused.Generator.Planning.Gpu;
using Fused.Generator.Scheduling;
using Microsoft.CodeAnalysis;

namespace Fused.Generator;

/// <summary>A generated file.</summary>
internal sealed record GeneratedFile(string HintName, string Source);

/// <summary>What becomes of a model.</summary>
/// <param name="Files">Its files.</param>
/// <param name="Broken">Why it is not compiled; null where it is.</param>
internal sealed record CompiledModel(EquatableArray<GeneratedFile> Files, BrokenModel? Broken = null);

/// <summary>The stages after parsing, in order: graph, fusion, schedules and kernels for each target, source text.</summary>
internal static class Compiler
{
    /// <summary>Compiles a model. One that is broken, which the analyzer reports, gets the members that it would have.</summary>
    public static CompiledModel Run(ModelDeclaration model, CancellationToken cancellation)
    {
        if (model is not ModelSpec spec)
        {
            return Broken((BrokenModel)model);
        }

        if (spec.Labels?.Fault is { } fault)
        {
            return Broken(BrokenModel.Of(spec, fault));
        }

        GraphResult shapes = ShapeInference.Build(spec);
        return shapes.Graph is { } graph
            ? new CompiledModel(Files(spec, graph, cancellation).ToEquatableArray())
            : Broken(BrokenModel.Of(spec, Problem.Text([.. shapes.Problems.Select(found => found.Problem.ToDiagnostic(Location.None))])));
    }

    /// <summary>The same, where the compiler itself fails: the others are compiled all the same.</summary>
    public static CompiledModel Failed(ModelDeclaration model, Exception exception) => model is ModelSpec spec
        ? Broken(BrokenModel.Of(spec, Failure.Describe(exception)) with { IsFailure = true })
        : Broken((BrokenModel)model with { Reason = Failure.Describe(exception), IsFailure = true });

    /// <summary>What the CPU's kernels are made of.</summary>
    public static FusionPlan Fuse(NetworkGraph graph) => WinogradChoice.Run(graph, Fuser.Run(graph));

    private static CompiledModel Broken(BrokenModel model) =>
        new(model.Addition == Addition.None ? [] : [new GeneratedFile(model.HintName, BrokenEmitter.Emit(model))], model);

    private static ImmutableArray<GeneratedFile> Files(ModelSpec spec, NetworkGraph graph, CancellationToken cancellation)
    {
        FusionPlan fusion = spec.Surroundings.HasFusion ? Fuse(graph) : Fuser.LayerByLayer(graph);
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

using System.Collections.Immutable;
using Fused.Generator.IR;
using Fused.Generator.Lowering;
using Fused.Generator.Lowering.Gpu;

namespace Fused.Generator.Scheduling.Gpu;

/// <summary>Puts stages one after the other into a kernel, with a barrier where one needs what threads made in another.</summary>
internal sealed class KernelBuilder(Grid grid)
{
    private readonly List<Stmt> _steps = [];
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);
    private readonly HashSet<string> _written = new(StringComparer.Ordinal);

    /// <summary>How each weight matrix is packed, by its buffer's name.</summary>
    public Dictionary<string, WeightLayout> Matrices { get; } = new(StringComparer.Ordinal);

    public void Add(ScheduledStage scheduled)
    {
        Stage stage = scheduled.Stage;
        ImmutableArray<Expr> loads = [.. Loads.Of(stage)];
        ImmutableArray<string> reads = [.. loads.OfType<Load>().Where(l => IsShared(l.Buffer)).Select(l => l.Buffer.Name)];
        ImmutableArray<string> writes = [.. stage.Writes.Where(w => IsShared(w.Target)).Select(w => w.Target.Name)];
        if (reads.Any(_written.Contains) || writes.Any(w => _written.Contains(w) || _read.Contains(w)))
        {
            _steps.Add(new IR.Barrier());
            _read.Clear();
            _written.Clear();
        }

        _read.UnionWith(reads);
        _written.UnionWith(writes);
        _steps.Add(GpuLower.Stage(LowerStage.Run(stage, scheduled.Schedule)));
        foreach (WeightLoad load in loads.OfType<WeightLoad>())
        {
            Matrices[load.Buffer.Name] = scheduled.Schedule.Weights;
        }
    }

    public GpuKernel Build(string name, string summary)
    {
        var body = new Block([.. _steps.SelectMany(s => s is Block block ? block.Steps : [s])]);
        return new GpuKernel(GpuLower.Run(new Kernel(name, summary, Buffers.Of(body), body), grid), grid);
    }

    /// <summary>Whether one thread may read what another one wrote.</summary>
    private static bool IsShared(Buffer buffer) => buffer.Scope is BufferScope.Shared or BufferScope.Scratch or BufferScope.Output;
}

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

    private readonly Dictionary<string, WeightLayout> _matrices = new(StringComparer.Ordinal);

    /// <summary>Adds how the kernel's weight matrices are packed, which all kernels must want alike.</summary>
    public void MergeMatrices(IDictionary<string, WeightLayout> matrices)
    {
        foreach (var matrix in _matrices)
        {
            if (matrices.TryGetValue(matrix.Key, out WeightLayout other) && other != matrix.Value)
            {
                throw new InvalidOperationException($"Two schedules pack {matrix.Key} differently.");
            }

            matrices[matrix.Key] = matrix.Value;
        }
    }

    /// <summary>Makes an index of the block's.</summary>
    public void Define(Define define) => _steps.Add(define);

    /// <summary>What only the last of some blocks does, which sees all that they wrote.</summary>
    public void AddLast(Buffer counters, Affine index, int blocks, Action<KernelBuilder> steps)
    {
        var last = new KernelBuilder(grid);
        steps(last);
        last.MergeMatrices(_matrices);
        _steps.Add(new LastBlock(counters, grid.Place(counters, index), blocks, last.Body));
        _read.Clear();
        _written.Clear();
    }

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
            _matrices[load.Buffer.Name] = scheduled.Schedule.Weights;
        }
    }

    /// <param name="preloadWeights">Whether weights are loaded before the first barrier, into registers.</param>
    public GpuKernel Build(string name, string summary, bool preloadWeights = false) =>
        new(GpuLower.Run(new Kernel(name, summary, Buffers.Of(Body), Body), grid, preloadWeights), grid);

    private Block Body => new([.. _steps.SelectMany(s => s is Block block ? block.Steps : [s])]);

    /// <summary>Whether one thread may read what another one wrote.</summary>
    private static bool IsShared(Buffer buffer) => buffer.Scope is BufferScope.Shared or BufferScope.Scratch or BufferScope.Output;
}

using Fused.Generator.IR;

namespace Fused.Generator.Scheduling.Gpu;

/// <summary>
/// Puts the stages of one sample where a grid of blocks computes them: for the samples of the block's tile, and with what only
/// the block itself needs in its shared memory.
/// </summary>
internal sealed class Placement(Grid grid, ISet<string> shared) : Rewriter
{
    /// <summary>Floats of shared memory for values between stages: 32 KB of the 48 that every device has, the rest for partial results.</summary>
    private const int SharedFloats = 8 * 1024;

    /// <summary>Those of the buffers that fit in shared memory together, the smallest first.</summary>
    /// <param name="buffers">Buffers with a row for each sample.</param>
    /// <param name="rows">Samples in a tile.</param>
    public static HashSet<string> Fitting(IEnumerable<Buffer> buffers, int rows = 1)
    {
        var fitting = new HashSet<string>(StringComparer.Ordinal);
        int free = SharedFloats;
        foreach (Buffer buffer in buffers.OrderBy(b => b.Pitch).ThenBy(b => b.Name, StringComparer.Ordinal))
        {
            if ((long)buffer.Pitch * rows <= free)
            {
                free -= buffer.Pitch * rows;
                fitting.Add(buffer.Name);
            }
        }

        return fitting;
    }

    public Stage Run(Stage stage)
    {
        stage = stage with { Axes = [.. stage.Axes.Select(a => a.Name == WideProduct.Sample ? a with { Extent = grid.Rows } : a)] };

        // A product keeps the axis of its outputs, however few they are.
        int outputs = Loads.Of(stage).OfType<WeightLoad>().Any() ? stage.Axes.Length - 1 : -1;
        foreach (Axis unit in stage.Axes.Where((axis, i) => axis.Extent == 1 && i != outputs))
        {
            var zero = new Substitution(unit.Name, Affine.Constant(0));
            stage = stage with
            {
                Axes = stage.Axes.Remove(unit),
                Reductions = [.. stage.Reductions.Select(r => r with { Body = zero.Rewrite(r.Body) })],
                Writes = [.. stage.Writes.Select(w => w with { Index = w.Index.Substitute(unit.Name, Affine.Constant(0)), Value = zero.Rewrite(w.Value) })],
            };
        }

        return stage with
        {
            Reductions = [.. stage.Reductions.Select(r => r with { Body = Rewrite(r.Body) })],
            Writes = [.. stage.Writes.Select(w => new Write(Place(w.Target), grid.Place(Place(w.Target), w.Index), Rewrite(w.Value)))],
        };
    }

    public override Expr Rewrite(Expr expr)
    {
        if (expr is Load load)
        {
            Buffer placed = Place(load.Buffer);
            return new Load(placed, grid.Place(placed, load.Index), load.Lanes);
        }

        return base.Rewrite(expr);
    }

    private Buffer Place(Buffer buffer)
    {
        Buffer placed = shared.Contains(buffer.Name) ? buffer with { Scope = BufferScope.Shared } : buffer;
        return placed != buffer || Grid.IsPerSample(buffer) ? placed with { Length = checked(buffer.Pitch * grid.Rows) } : buffer;
    }
}

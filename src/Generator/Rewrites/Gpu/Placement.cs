using Fused.Generator.IR;

namespace Fused.Generator.Rewrites.Gpu;

/// <summary>
/// Puts the stages of one sample where a grid of blocks computes them: for the samples of the block's tile, and with what only
/// the block itself needs in its shared memory.
/// </summary>
/// <param name="grid">The grid.</param>
/// <param name="shared">The buffers that lie in shared memory; none if left out.</param>
internal sealed class Placement(Grid grid, ISet<string>? shared = null) : Rewriter
{
    public Stage Run(Stage stage)
    {
        stage = stage with { Axes = [.. stage.Axes.Select(a => a.Name == AxisNames.Sample ? a with { Extent = grid.Rows } : a)] };

        // A product keeps the axis of its outputs, however few they are.
        int outputs = Loads.HaveWeights(stage) ? stage.Axes.Length - 1 : -1;
        stage = stage.Axes.Where((axis, i) => axis.Extent == 1 && i != outputs).Aggregate(stage, (rest, unit) => rest.Without(unit));
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
        Buffer placed = shared?.Contains(buffer.Name) == true ? buffer with { Scope = BufferScope.Shared } : buffer;
        return placed != buffer || Grid.IsPerSample(buffer) ? placed with { Length = checked(buffer.Pitch * grid.Rows) } : buffer;
    }
}
